import type { Scalar } from "../language";

/** A text as a program writes it. */
export const text = (value: string): string => quoted(value, value.includes('"') ? "'" : '"');

/** A text as repr() gives it. */
export const repr = (value: string): string =>
  quoted(value, value.includes("'") && !value.includes('"') ? '"' : "'");

function quoted(value: string, quote: string): string {
  const inside = value
    .replace(/\\/g, "\\\\")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r")
    .replace(/\t/g, "\\t")
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${inside}${quote}`;
}

/** A scalar as a program writes it. */
export function scalar(value: Scalar): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : text(value);
}
