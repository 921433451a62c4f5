import type { TestResult } from "../judge/statement";
import { isFailure, type Outcome } from "../judge/verdict";
import { alike } from "../report/failures";
import type { SubjectReport } from "../report/model";

/** What one side says of a test. */
export interface Side {
  readonly outcome: Outcome;
  readonly message?: string | undefined;
}

/** One test that is not what it was. */
export interface Change {
  readonly title: string;
  readonly requirement: string;
  /** Absent when there was no such test. */
  readonly before?: Side;
  /** Absent when there is no such test. */
  readonly after?: Side;
}

/** What became different from one result to another; each test is in at most one list. */
export interface Changes {
  /** Passed, and fails. */
  readonly regressions: readonly Change[];
  /** Failed, and passes. */
  readonly fixes: readonly Change[];
  /** Fails for another reason than before. */
  readonly changedFailures: readonly Change[];
  /** Was decided, and is not any more: unsupported, not run, or gone. */
  readonly lost: readonly Change[];
  /** Was there and undecided, and is decided now. */
  readonly gained: readonly Change[];
  /** Was not there. */
  readonly added: readonly Change[];
}

/** Two results of one subject, or of two that are compared. */
export interface Comparison extends Changes {
  readonly before: SubjectReport;
  readonly after: SubjectReport;
  /** How many tests both have decided. */
  readonly compared: number;
}

/** Compares test by test, in the order of `after`; what only `before` has comes last. */
export function compared(before: SubjectReport, after: SubjectReport): Comparison {
  const [was, is] = [resultsOf(before), resultsOf(after)];
  const titles = [...new Set([...is.keys(), ...was.keys()])];
  const changes = titles.map((title) => changeOf(was.get(title), is.get(title)));
  const of = (kind: Kind) => changes.filter((change) => kindOf(change) === kind);
  return {
    ...{ before, after },
    regressions: of("regression"),
    fixes: of("fix"),
    changedFailures: of("changed-failure"),
    lost: of("lost"),
    gained: of("gained"),
    added: of("added"),
    compared: changes.filter((it) => isDecided(it.before) && isDecided(it.after)).length,
  };
}

const resultsOf = ({ statement }: SubjectReport): ReadonlyMap<string, TestResult> =>
  new Map(
    (statement?.requirements ?? [])
      .flatMap(({ results }) => results)
      .map((result) => [result.test.title, result]),
  );

function changeOf(was: TestResult | undefined, is: TestResult | undefined): Change {
  const { title = "", requirement } = (is ?? was)?.test ?? {};
  return {
    ...{ title, requirement: requirement?.id ?? "" },
    ...(was === undefined ? {} : { before: sideOf(was) }),
    ...(is === undefined ? {} : { after: sideOf(is) }),
  };
}

const sideOf = ({ verdict: { outcome, message } }: TestResult): Side => ({ outcome, message });

type Kind = "regression" | "fix" | "changed-failure" | "lost" | "gained" | "added" | "none";

function kindOf({ before, after }: Change): Kind {
  if (before === undefined) return "added";
  if (!isDecided(before)) return isDecided(after) ? "gained" : "none";
  if (after === undefined || !isDecided(after)) return "lost";
  if (before.outcome === "pass") return after.outcome === "pass" ? "none" : "regression";
  if (after.outcome === "pass") return "fix";
  return isSameFailure(before, after) ? "none" : "changed-failure";
}

const isDecided = (side: Side | undefined): boolean =>
  side !== undefined && (side.outcome === "pass" || isFailure(side.outcome));

const isSameFailure = (before: Side, after: Side): boolean =>
  before.outcome === after.outcome && alike(before.message ?? "") === alike(after.message ?? "");
