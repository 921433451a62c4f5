import { visible } from "../visible";

/** Longer texts are cut: no page needs a megabyte of one subject's output. */
const longest = 16_000;

/** Stores each text once. */
export class Texts {
  readonly #indices = new Map<string, number>();
  readonly #stored: string[] = [];

  /** Where a text is stored. */
  add(text: string): number {
    const known = this.#indices.get(text);
    if (known !== undefined) return known;
    const index = this.#stored.push(presentable(text)) - 1;
    this.#indices.set(text, index);
    return index;
  }

  /** All texts, each where `add` said. */
  all(): readonly string[] {
    return this.#stored;
  }
}

/** A text without invisible characters, and not endless. */
export const presentable = (text: string): string =>
  visible(
    text.length <= longest
      ? text
      : `${text.slice(0, longest)}… (${text.length - longest} characters more)`,
  );
