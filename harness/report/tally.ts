import { isFailure } from "../judge/verdict";
import { count } from "./describe";
import type { Report, SubjectReport } from "./model";

/** What a run came to: so many tests of each kind, and what else makes an exit code. */
export interface Tally {
  readonly tests: number;
  /** Failures nobody expected. */
  readonly failed: number;
  /** Failures that were to come. */
  readonly excused: number;
  /** Expectations to be taken out of their file. */
  readonly stale: number;
  /** Errors of ours. */
  readonly broken: number;
  readonly unsupported: number;
  readonly notRun: number;
  /** Subjects that could not be judged to the end. */
  readonly unusable: number;
  /** Subjects of which nothing was decided. */
  readonly unverified: number;
  /** Whether anything was said of what to expect. */
  readonly gated: boolean;
}

/** Counts what subjects came to. */
export function tallyOf({ subjects }: Pick<Report, "subjects">): Tally {
  const results = subjects
    .flatMap(({ statement }) => statement?.requirements ?? [])
    .flatMap((requirement) => requirement.results);
  const outcomes = results.map(({ verdict }) => verdict.outcome);
  const number = (wanted: (typeof outcomes)[number]) =>
    outcomes.filter((outcome) => outcome === wanted).length;
  const failures = results.filter(({ verdict }) => isFailure(verdict.outcome));
  const excused = failures.filter(({ expected }) => expected?.state === "as-expected").length;
  const ours = subjects.filter(({ error }) => error?.code === "harness-error").length;
  return {
    tests: results.length,
    failed: failures.length - excused,
    excused,
    stale: subjects.flatMap(({ stale = [] }) => stale).length,
    broken: number("harness-error") + ours,
    unsupported: number("unsupported"),
    notRun: number("not-run"),
    unusable: subjects.filter(({ error }) => error !== undefined).length - ours,
    unverified: subjects.filter(isUnverified).length,
    gated: subjects.some(({ stale }) => stale !== undefined),
  };
}

/** What a maintainer has to know at a glance; whatever makes the exit code comes first. */
export function tallyWords(tally: Tally): string {
  const { failed, gated } = tally;
  const so = gated ? "failed unexpectedly" : "failed";
  const some = (number: number, words: string) => (number === 0 ? [] : [words]);
  return [
    ...some(tally.broken, `${tally.broken} broke the harness`),
    ...some(tally.unusable, `${count(tally.unusable, "subject")} unusable`),
    ...some(tally.unverified, `nothing verified of ${count(tally.unverified, "subject")}`),
    failed === 0 ? `none ${so}` : `${failed} ${so}`,
    ...some(tally.stale, count(tally.stale, "stale expectation")),
    ...some(tally.excused, `${tally.excused} failed as expected`),
    ...some(tally.unsupported, `${tally.unsupported} unsupported`),
    ...some(tally.notRun, `${tally.notRun} not run`),
  ].join(", ");
}

/** Whether it could be judged and yet nothing was decided. */
export const isUnverified = ({ statement, error }: SubjectReport): boolean =>
  error === undefined && statement?.verified !== true;
