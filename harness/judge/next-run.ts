import type { SubjectRun } from "./subject-run";

/** What a test takes that nothing is known of, in milliseconds; no more than a guess. */
const usualMs = 25;

/** Starting one more adapter costs as much as so many usual tests, and must save more than that. */
const worthALane = 4 * usualMs;

/** What the next lane is chosen by. */
export interface Choice {
  /** Whether a subject that has a lane may get another one. */
  readonly mayHelp: boolean;
  /** How long a test may take at most. */
  readonly testMs: number;
}

/**
 * The subject that would last longest if it got no lane now; undefined when none is worth one. Of those nobody works on,
 * the ones that may hang come first: waiting costs nothing as long as somebody else has something to do.
 */
export function nextRun(
  runs: readonly SubjectRun[],
  { mayHelp, testMs }: Choice,
): SubjectRun | undefined {
  const leftMs = (run: SubjectRun): number => {
    if (run.startedAt === undefined) return isUrgent(run) ? Infinity : run.unclaimed * usualMs;
    const left = (run.unclaimed * Math.max(usualMs, run.meanMs(testMs))) / (run.lanes + 1);
    return mayHelp && left >= worthALane ? left : -1;
  };
  return longest(runs, leftMs);
}

/** Those that may hang first, in the order they were named otherwise: as the first lanes take them. */
export const inStartingOrder = <Item extends { readonly mayHang?: boolean }>(
  candidates: readonly Item[],
): readonly Item[] =>
  [...candidates].sort((a, b) => Number(b.mayHang ?? false) - Number(a.mayHang ?? false));

const isUrgent = ({ candidate }: SubjectRun): boolean => candidate.mayHang === true;

/** The first of those with the greatest number; undefined when all are negative. */
function longest<Item>(items: readonly Item[], numberOf: (item: Item) => number): Item | undefined {
  let [found, most]: [Item | undefined, number] = [undefined, -1];
  for (const item of items) {
    const number = numberOf(item);
    if (number > most) [found, most] = [item, number];
  }
  return found;
}
