import { statementOf } from "../judge/statement";
import { stops, type Stop } from "../judge/stop";
import type { SubjectRun } from "../judge/subject-run";
import type { Provenance, Report, SubjectFailure, SubjectReport } from "../report/model";
import { tallyOf } from "../report/tally";
import { AdapterError } from "../session/errors";
import { exitCodes, type ExitCode } from "./exit-codes";

/** The report of what was judged, whether to the end or not. */
export function reportOf(
  runs: readonly SubjectRun[],
  provenance: Provenance,
  interrupted: boolean,
): Report {
  return {
    version: provenance.version,
    startedAt: provenance.startedAt,
    durationMs: Date.now() - provenance.startedAt.getTime(),
    complete: !interrupted,
    subjects: runs.map((run) => subjectReport(run, provenance, stopOf(run, interrupted))),
  };
}

/** What is known of one subject, and what kept tests of it from being judged. */
export function subjectReport(
  run: SubjectRun,
  provenance: Provenance,
  stopped: Stop | undefined,
): SubjectReport {
  const { candidate, hello, plan, durationMs } = run;
  const why = stopped === undefined ? "" : stops[stopped];
  return {
    name: candidate.name,
    hello,
    edition: plan?.edition ?? candidate.edition,
    statement: plan === undefined ? undefined : statementOf(plan, run.judgements, why),
    error: failureOf(run),
    durationMs,
    provenance: { ...provenance, complete: run.complete },
  };
}

/** What kept tests from being judged in a run that is over; undefined when nothing did. */
export function stopOf(run: SubjectRun, interrupted: boolean): Stop | undefined {
  if (run.failure !== undefined) return "subject-unusable";
  if (run.complete) return undefined;
  return interrupted ? "interrupted" : "first-failure";
}

/** Why a subject could not be judged to the end; undefined when it could. */
function failureOf({ failure: error }: SubjectRun): SubjectFailure | undefined {
  if (error === undefined) return undefined;
  if (error instanceof AdapterError) {
    return { code: error.code, message: error.message, stderr: error.stderr };
  }
  return { code: "harness-error", message: error.stack ?? error.message, stderr: "" };
}

/** What a complete report tells the caller; see docs/verdicts-and-exit-codes.md. */
export function exitCodeOf(report: Report): ExitCode {
  const { broken, unusable, failed, stale, unverified } = tallyOf(report);
  if (broken > 0) return exitCodes.harnessBroke;
  if (unusable > 0) return exitCodes.subjectUnusable;
  if (failed > 0 || stale > 0) return exitCodes.unexpected;
  return unverified > 0 ? exitCodes.nothingVerified : exitCodes.asExpected;
}
