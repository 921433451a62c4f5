/** A bound such as `>=3.12.3`; without a sign, the beginning of a version. */
interface Bound {
  readonly sign: "" | "<" | "<=" | ">" | ">=";
  readonly version: string;
}

const form = /^(>=|<=|>|<|)(\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?)$/;

/** Whether a text is a beginning of a version, or bounds apart by blanks or commas. */
export const isVersionRange = (text: string): boolean => boundsOf(text) !== undefined;

/** Whether a version lies in a range; a version that is no number, such as `unknown`, lies in none. */
export const inRange = (version: string, range: string): boolean =>
  /^\d/.test(version) && (boundsOf(range) ?? []).every((bound) => within(version, bound));

/** Whether a version can lie in all of these ranges. */
export function canOverlap(...ranges: readonly string[]): boolean {
  const edges = ranges.flatMap((range) => boundsOf(range) ?? []).map(({ version }) => version);
  // Where several ranges meet, an edge of one lies in it, or what comes just before or just after an edge.
  const candidates = ["0", ...edges.flatMap((edge) => [`${edge}.0a0`, edge, `${edge}.0.0.0.1`])];
  return candidates.some((version) => ranges.every((range) => inRange(version, range)));
}

function boundsOf(text: string): readonly Bound[] | undefined {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const bounds = words.map((word) => form.exec(word));
  if (bounds.length === 0 || bounds.includes(null)) return undefined;
  return bounds.map((match) => ({
    sign: (match?.[1] ?? "") as Bound["sign"],
    version: match?.[2] ?? "",
  }));
}

function within(version: string, bound: Bound): boolean {
  if (bound.sign === "") {
    const [parts, beginning] = [partsOf(version), partsOf(bound.version)];
    return beginning.every((part, index) => part === (parts[index] ?? 0));
  }
  const order = compared(partsOf(version), partsOf(bound.version));
  if (order === 0) return bound.sign.endsWith("=");
  return bound.sign.startsWith(order < 0 ? "<" : ">");
}

/** Numbers as they are; `a`, `b` and `rc` come before everything, because they precede the release. */
const partsOf = (version: string): readonly number[] =>
  (version.match(/\d+|a|b|rc/g) ?? []).map((part) => {
    const letters = ["a", "b", "rc"].indexOf(part);
    return letters === -1 ? Number(part) : letters - 3;
  });

function compared(some: readonly number[], others: readonly number[]): number {
  for (let index = 0; index < Math.max(some.length, others.length); index += 1) {
    const difference = (some[index] ?? 0) - (others[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
