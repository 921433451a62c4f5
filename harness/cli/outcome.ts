import { statementOf, type TestResult } from "../judge/statement";
import type { SubjectRun } from "../judge/subject-run";
import { isFailure } from "../judge/verdict";
import type { Provenance, Report, SubjectFailure, SubjectReport } from "../report/model";
import { AdapterError } from "../session/errors";
import { exitCodes, type ExitCode } from "./exit-codes";

/** The report of what was judged, whether to the end or not. */
export function reportOf(
  runs: readonly SubjectRun[],
  provenance: Provenance,
  interrupted: boolean,
): Report {
  const why = interrupted ? "interrupted" : "stopped after the first failure";
  return {
    version: provenance.version,
    startedAt: provenance.startedAt,
    durationMs: Date.now() - provenance.startedAt.getTime(),
    complete: !interrupted,
    subjects: runs.map((run) => subjectReport(run, provenance, why)),
  };
}

/** What is known of one subject; `whyNotRun` holds for tests that were not reached. */
export function subjectReport(
  run: SubjectRun,
  provenance: Provenance,
  whyNotRun: string,
): SubjectReport {
  const { candidate, hello, plan, failure, durationMs } = run;
  const why = failure === undefined ? whyNotRun : "the subject became unusable";
  return {
    name: candidate.name,
    hello,
    edition: plan?.edition ?? candidate.edition,
    statement: plan === undefined ? undefined : statementOf(plan, run.judgements, why),
    error: failure === undefined ? undefined : failureOf(failure),
    durationMs,
    provenance: { ...provenance, complete: run.complete },
  };
}

function failureOf(error: Error): SubjectFailure {
  if (error instanceof AdapterError) {
    return { code: error.code, message: error.message, stderr: error.stderr };
  }
  return { code: "harness-error", message: error.stack ?? error.message, stderr: "" };
}

/** What a complete report tells the caller; see docs/verdicts-and-exit-codes.md. */
export function exitCodeOf({ subjects }: Report): ExitCode {
  const results = subjects
    .flatMap(({ statement }) => statement?.requirements ?? [])
    .flatMap((requirement) => requirement.results);
  const outcomes = results.map(({ verdict }) => verdict.outcome);
  const errors = subjects.map(({ error }) => error?.code);
  if (errors.includes("harness-error") || outcomes.includes("harness-error")) {
    return exitCodes.harnessBroke;
  }
  if (errors.some((code) => code !== undefined)) return exitCodes.subjectUnusable;
  if (results.some(isUnexpected) || subjects.some(({ stale = [] }) => stale.length > 0)) {
    return exitCodes.unexpected;
  }
  if (subjects.some(({ statement }) => statement?.verified !== true)) {
    return exitCodes.nothingVerified;
  }
  return exitCodes.asExpected;
}

/** Without expectations, every failure is unexpected. */
const isUnexpected = ({ verdict, expected }: TestResult): boolean =>
  isFailure(verdict.outcome) && expected?.state !== "as-expected";
