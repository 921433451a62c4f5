import { visible } from "../visible";

/** Longer texts are cut: no page needs a megabyte of one subject's output. */
const longest = 16_000;

/** Stores each text once. */
export class Texts {
  readonly #indices = new Map<string, number>();

  /** Where a text is stored. */
  add(text: string): number {
    const shown = presentable(text);
    const known = this.#indices.get(shown);
    if (known !== undefined) return known;
    this.#indices.set(shown, this.#indices.size);
    return this.#indices.size - 1;
  }

  /** All texts, each where `add` said. */
  all(): readonly string[] {
    return [...this.#indices.keys()];
  }
}

/** A text without invisible characters, and not endless. */
export const presentable = (text: string): string =>
  visible(
    text.length <= longest
      ? text
      : `${text.slice(0, longest)}… (${text.length - longest} characters more)`,
  );
