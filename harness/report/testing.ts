import type { Judgement } from "../judge/judge";
import { statementOf, type Expected, type RequirementResult } from "../judge/statement";
import type { ConformanceTest } from "../judge/suite";
import { helloOf } from "../judge/testing";
import type { Provenance, Report, SubjectReport } from "./model";

/** A run that never was. */
export const madeUpProvenance = (more: Partial<Provenance> = {}): Provenance => ({
  version: "1.0.0",
  catalogue: "0123456789abcdef",
  command: ["run", "python:python3"],
  host: { platform: "linux", arch: "x64", release: "6.1", node: "v22.0.0" },
  startedAt: new Date(0),
  nonce: "fedcba9876543210",
  partial: false,
  complete: true,
  ...more,
});

/** What one test found in a made-up report. */
export interface Found extends Judgement {
  readonly test: ConformanceTest;
  readonly expected?: Expected;
}

/** A subject that was judged by these tests and no others. */
export function madeUpSubject(
  name: string,
  found: readonly Found[],
  more: Partial<SubjectReport> = {},
): SubjectReport {
  const tests = found.map(({ test }) => test);
  const requirements = [...new Set(tests.map(({ requirement }) => requirement))];
  const plan = { edition: "3.13", requirements, tests, partial: false } as const;
  const statement = statementOf(plan, new Map(found.map((it) => [it.test, it])), "");
  return {
    name,
    hello: helloOf(),
    edition: "3.13",
    statement: { ...statement, requirements: statement.requirements.map(withExpectations(found)) },
    error: undefined,
    durationMs: 1234,
    provenance: madeUpProvenance(),
    ...more,
  };
}

const withExpectations =
  (found: readonly Found[]) =>
  (result: RequirementResult): RequirementResult => ({
    ...result,
    results: result.results.map((it) => {
      const expected = found.find(({ test }) => test === it.test)?.expected;
      return expected === undefined ? it : { ...it, expected };
    }),
  });

/** A report about these subjects. */
export const madeUpReport = (...subjects: readonly SubjectReport[]): Report => ({
  version: "1.0.0",
  startedAt: new Date(0),
  durationMs: 2468,
  complete: true,
  subjects,
});
