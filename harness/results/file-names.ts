import type { Shard } from "../judge/plan";

/** The ending of result files: a folder of results is all files that have it. */
export const resultEnding = ".ndjson";

/** Longer names are cut: file systems end at 255 bytes, and the rest of the name needs some. */
const longest = 120;

/** What of a run its file is named after. */
export interface Named {
  readonly subject: string;
  /** Given only where it was asked for, so that several editions fit into one folder. */
  readonly edition?: string | undefined;
  readonly shard?: Shard | undefined;
}

/** Gives each subject a file name that can be read, is safe on every system, and was not given before. */
export class FileNames {
  readonly #given = new Set<string>();

  nameFor({ subject, edition, shard }: Named): string {
    const base = [
      readable(subject),
      ...(edition === undefined ? [] : [`edition-${edition}`]),
      ...(shard === undefined ? [] : [`shard-${shard.index}-of-${shard.of}`]),
    ].join(".");
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base}.${number}`;
      // Some file systems do not tell large letters from small ones.
      if (this.#given.has(name.toLowerCase())) continue;
      this.#given.add(name.toLowerCase());
      return `${name}${resultEnding}`;
    }
  }
}

/** Letters, digits and what hurts nowhere, beginning with a letter or digit. */
function readable(subject: string): string {
  const safe = subject
    .replace(/[^A-Za-z0-9._=+]+/g, "-")
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
  return safe === "" ? "subject" : safe.slice(0, longest);
}
