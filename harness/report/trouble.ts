import { count } from "./describe";
import type { Report, SubjectFailure, SubjectReport } from "./model";
import { isUnverified } from "./tally";

/**
 * Why a subject must not look green to tools that only count failed tests: it could not be judged, not to the end, or
 * nothing was decided of it. Undefined where there is no such reason.
 */
export function troubleOf(subject: SubjectReport, report: Report): SubjectFailure | undefined {
  if (subject.error !== undefined) return subject.error;
  if (!report.complete && !subject.provenance.complete) return interrupted(subject);
  return isUnverified(subject) ? nothingVerified : undefined;
}

const nothingVerified: SubjectFailure = {
  code: "nothing-verified",
  message: "expected a test to be decided, got none: what was not skipped was not run",
  stderr: "",
};

function interrupted({ statement }: SubjectReport): SubjectFailure {
  const left = (statement?.requirements ?? [])
    .flatMap(({ results }) => results)
    .filter(({ verdict }) => verdict.outcome === "not-run").length;
  const what =
    statement === undefined ? "before the first one" : `with ${count(left, "test")} left`;
  return {
    code: "incomplete",
    message: `expected every test to be judged, got an interruption ${what}`,
    stderr: "",
  };
}
