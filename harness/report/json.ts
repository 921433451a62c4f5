import type { RequirementResult, Statement, TestResult } from "../judge/statement";
import { isFailure } from "../judge/verdict";
import type { Report, SubjectReport } from "./model";

/** The version of the form below; it grows when a reader of the old form would be misled. */
export const schemaVersion = 1;

/** The whole report for machines: subjects as named, requirements and tests in the order of the catalogue. */
export const jsonReport = (report: Report, exitCode: number): string =>
  `${JSON.stringify(
    {
      schemaVersion,
      tool: { name: "runner-conformance", version: report.version },
      startedAt: report.startedAt.toISOString(),
      durationMs: Math.round(report.durationMs),
      complete: report.complete,
      exitCode,
      subjects: report.subjects.map(subjectJson),
    },
    undefined,
    1,
  )}\n`;

function subjectJson(subject: SubjectReport) {
  const { name, hello, edition, statement, error, durationMs, stale } = subject;
  return {
    subject: name,
    identity: hello?.subject ?? null,
    claims: hello?.editions ?? null,
    features: hello?.features ?? null,
    isolation: hello?.isolation ?? null,
    edition: edition ?? null,
    durationMs: Math.round(durationMs),
    error: error ?? null,
    ...(stale === undefined ? {} : { stale }),
    statement: statement === undefined ? null : statementJson(statement),
    requirements: (statement?.requirements ?? []).map(requirementJson),
  };
}

const statementJson = (statement: Statement) => ({
  sentence: statement.sentence,
  conformant: statement.conformant,
  compatible: statement.compatible,
  unsupported: statement.unsupported.map(({ id }) => id),
  untestable: statement.untestable.map(({ id, untestable }) => ({ id, why: untestable })),
  retired: statement.retired.map(({ id, retired }) => ({ id, why: retired })),
});

const requirementJson = ({ requirement, basis, outcome, results }: RequirementResult) => ({
  id: requirement.id,
  family: requirement.family,
  basis,
  outcome,
  tests: results.map(testJson),
});

const testJson = ({ test, verdict, durationMs, transcript, expected }: TestResult) => ({
  title: test.title,
  ...verdict,
  // "expected" is already what a comparison accepts.
  ...(expected === undefined ? {} : { expectation: expected }),
  durationMs: Math.round(durationMs * 10) / 10,
  // Of a test that passed, the conversation proves nothing more and would make the file fifty times as long.
  ...(isFailure(verdict.outcome) || verdict.outcome === "harness-error" ? { transcript } : {}),
});
