import { median } from "../suite/measure";
import type { Row } from "./rows";

/** What was measured of one row, by implementation: one number per repetition. */
export type Measured = ReadonlyMap<string, readonly number[]>;

/** How much slower than plain async/await a row of the reference may be. */
const slowest = 5;

/** The table as Markdown: `median (minimum) · ratio to CPython` per cell. */
export function table(
  names: readonly string[],
  results: ReadonlyMap<Row, Measured>,
  describe: (row: Row) => { readonly what: string; readonly unit: string },
): string {
  const lines = [
    ["", ...names],
    ["---", ...names.map(() => "---:")],
  ];
  for (const [row, measured] of results) {
    const { what, unit } = describe(row);
    const base = median(measured.get("CPython") ?? []);
    lines.push([`${what}, ${unit}`, ...names.map((name) => cell(measured.get(name), base))]);
  }
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell(values: readonly number[] | undefined, base: number): string {
  if (values === undefined || values.length === 0) return "–";
  const ratio = Number.isNaN(base) ? "" : ` · **${(median(values) / base).toPrecision(2)}**`;
  return `${brief(median(values))} (${brief(Math.min(...values))})${ratio}`;
}

const brief = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);

/** Which bars the reference misses, a sentence each. */
export function misses(results: ReadonlyMap<Row, Measured>): string[] {
  return [...results].flatMap(([row, measured]) => missesOf(row, measured));
}

function missesOf(row: Row, measured: Measured): string[] {
  const ours = median(measured.get("reference") ?? []);
  const sentences: string[] = [];
  for (const [name, values] of measured) {
    if (name === "reference" || values.length === 0) continue;
    const ratio = ours / median(values);
    const bar = name === "async/await" ? slowest : 1;
    if (ratio < bar || (bar === slowest && ratio === bar)) continue;
    sentences.push(`${row}: ${ratio.toFixed(2)} × ${name}, bar ${bar}`);
  }
  return sentences;
}
