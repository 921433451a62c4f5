import { stripVTControlCharacters } from "node:util";

/** Lines of equal columns; the last one is not padded. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => lengthOf(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
}

/** A text in lines of at most `width` columns, each after `indent`; its own line breaks stay. */
export function wrapped(text: string, width: number, indent = ""): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const lead = indent + (/^\s*/.exec(line)?.[0] ?? "");
    const lines: string[] = [];
    let current = lead;
    for (const word of line.trim().split(/\s+/)) {
      if (current !== lead && lengthOf(current) + 1 + lengthOf(word) > width) {
        lines.push(current);
        current = lead;
      }
      current += current === lead ? word : ` ${word}`;
    }
    return [...lines, current.trimEnd()];
  });
}

const lengthOf = (text: string): number => stripVTControlCharacters(text).length;
