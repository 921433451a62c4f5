/** A value as verdicts show it, read back. */
export type Shown =
  | { readonly type: "scalar"; readonly value: null | boolean | number | string }
  | { readonly type: "reference"; readonly ref: number }
  | { readonly type: "puppet"; readonly puppet: number }
  | { readonly type: "list"; readonly items: readonly Shown[] };

/** Reads a value as verdicts show it; undefined for what cannot have come from a subject as it stands. */
export function readShown(text: string): Shown | undefined {
  const reader = new Reader(text);
  const shown = reader.value();
  if (shown !== undefined && reader.atEnd) return shown;
  // A text on its own is shown without quotes.
  const structured = /^(undefined$|[[{]|.*\(exception#\d+\)$)/s.test(text);
  return structured ? undefined : { type: "scalar", value: text };
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    this.#take(/\s*/y);
    return this.#at === this.#text.length;
  }

  value(): Shown | undefined {
    this.#take(/\s*/y);
    if (this.#take(/\[/y) !== undefined) return this.#list();
    const word = this.#take(/(null|true|false)\b/y)?.[0];
    if (word !== undefined) return scalar(JSON.parse(word) as null | boolean);
    const number = this.#take(/-?\d+(\.\d+)?(?![\w-])/y)?.[0];
    if (number !== undefined) return scalar(Number(number));
    const [, single] = this.#take(/'((?:[^'\\]|\\.)*)'/y) ?? [];
    if (single !== undefined) return scalar(single.replace(/\\(.)/g, "$1"));
    const [, puppet] = this.#take(/[a-z-]+ puppet (\d+)/y) ?? [];
    if (puppet !== undefined) return { type: "puppet", puppet: Number(puppet) };
    const [, ref] =
      this.#take(/[a-z-]+#(\d+)/y) ?? this.#take(/\w+(?:: [^\n,\]]*?)? \(exception#(\d+)\)/y) ?? [];
    return ref === undefined ? undefined : { type: "reference", ref: Number(ref) };
  }

  #list(): Shown | undefined {
    const items: Shown[] = [];
    while (this.#take(/\s*\]/y) === undefined) {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
      if (this.#take(/\s*,/y) === undefined && !/^\s*\]/.test(this.#text.slice(this.#at)))
        return undefined;
    }
    return { type: "list", items };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }
}

const scalar = (value: null | boolean | number | string): Shown => ({ type: "scalar", value });
