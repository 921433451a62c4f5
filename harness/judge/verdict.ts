/**
 * What one test found. `pass`, `fail`, `timeout`, `crash` and `protocol-error` speak about the subject;
 * `unsupported` needs a feature the subject does not claim; `inapplicable` belongs to another edition;
 * `harness-error` is our own fault; `not-run` was cut short.
 */
export const outcomes = [
  "pass",
  "fail",
  "timeout",
  "crash",
  "protocol-error",
  "unsupported",
  "inapplicable",
  "harness-error",
  "not-run",
] as const;
export type Outcome = (typeof outcomes)[number];

/** Outcomes that count against the subject. */
export const isFailure = (outcome: Outcome): boolean =>
  outcome === "fail" ||
  outcome === "timeout" ||
  outcome === "crash" ||
  outcome === "protocol-error";

/** An outcome with its evidence. */
export interface Verdict {
  readonly outcome: Outcome;
  /** One sentence: what was expected and what came. Absent for a pass. */
  readonly message?: string;
  /** What the test accepts, where it is a comparison. */
  readonly expected?: string;
  /** What it saw instead. */
  readonly actual?: string;
  /** Where a hung subject was, in its own format. */
  readonly stackDump?: string;
}
