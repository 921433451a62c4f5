import type { Scalar } from "../language";

/** A text as a program writes it. */
export const text = (value: string): string => JSON.stringify(value);

/** A scalar as a program writes it. */
export const scalar = (value: Scalar): string => JSON.stringify(value);

/** An object as a program writes it. */
export function object(entries: readonly (readonly [string, string])[]): string {
  if (entries.length === 0) return "{}";
  const written = entries.map(([key, value]) => {
    if (key === value) return key;
    return `${/^[A-Za-z_]\w*$/.test(key) ? key : text(key)}: ${value}`;
  });
  return `{ ${written.join(", ")} }`;
}

/** `done_callback` as `doneCallback`. */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/gi, (_, first: string) => first.toUpperCase());

/** Lines inside a block. */
export const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === "" ? line : `  ${line}`));
