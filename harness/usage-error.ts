import { closest, distance } from "fastest-levenshtein";

/** The caller is mistaken: one sentence that says what was expected, what came, and what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** `; did you mean "x"?` for the known word nearest to `text`, or nothing when none is near. */
export function didYouMean(text: string, known: readonly string[]): string {
  const nearest = nearestOf(text, known);
  return nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`;
}

function nearestOf(text: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const within = known.find((word) => text.length > 2 && word.includes(text));
  const nearest = closest(text, known);
  // Half of it wrong is not a slip any more.
  return distance(text, nearest) <= Math.max(2, nearest.length / 2) ? nearest : within;
}
