import { UsageError } from "../usage-error";
import type { SubjectReport } from "../report/model";

/** Who is compared with whom, and who has no counterpart. */
export interface Pairs {
  readonly pairs: readonly (readonly [before: SubjectReport, after: SubjectReport])[];
  readonly onlyBefore: readonly SubjectReport[];
  readonly onlyAfter: readonly SubjectReport[];
}

/**
 * Pairs what bears the same name and was judged by the same edition; two single subjects are a pair whoever they are.
 * Throws UsageError when nobody has a counterpart.
 */
export function paired(before: readonly SubjectReport[], after: readonly SubjectReport[]): Pairs {
  const [one] = before;
  const [other] = after;
  if (one !== undefined && other !== undefined && before.length === 1 && after.length === 1) {
    return { pairs: [[one, other]], onlyBefore: [], onlyAfter: [] };
  }
  const pairs = before.flatMap((it) => {
    const counterpart = after.find((candidate) => keyOf(candidate) === keyOf(it));
    return counterpart === undefined ? [] : [[it, counterpart] as const];
  });
  if (pairs.length > 0) {
    const matched = new Set(pairs.flat());
    const unmatched = (it: SubjectReport) => !matched.has(it);
    return { pairs, onlyBefore: before.filter(unmatched), onlyAfter: after.filter(unmatched) };
  }
  throw new UsageError(
    `expected a subject on both sides, got ${namesOf(before)} and ${namesOf(after)}; to compare two subjects, name one result file of each`,
  );
}

const keyOf = ({ name, edition }: SubjectReport): string => `${name}\n${edition ?? ""}`;

const namesOf = (subjects: readonly SubjectReport[]): string =>
  subjects.map(({ name }) => name).join(", ");
