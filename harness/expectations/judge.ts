import type { Expected, Statement, TestResult } from "../judge/statement";
import { concerns, type ConformanceTest } from "../judge/suite";
import { isFailure, type Outcome } from "../judge/verdict";
import type { StaleExpectation, SubjectReport } from "../report/model";
import type { Entry, ExpectationFile } from "./file";
import { either, entryFor, holdsIn, isMet, speaksAbout, type Circumstances } from "./match";

/** A subject held against a file. */
export interface Assessment {
  readonly file: ExpectationFile;
  /** With `expected` on each test that was decided, and the stale entries. The statement says what it said. */
  readonly report: SubjectReport;
  /** Absent when it did not start. */
  readonly circumstances: Circumstances | undefined;
  /** Entries whose outcome did not come any more. */
  readonly stale: readonly Entry[];
  /** Entries whose outcome came. */
  readonly live: readonly Entry[];
}

/** Holds what was found against what was expected; `suite` is every test there is, selected or not. */
export function assess(
  report: SubjectReport,
  file: ExpectationFile,
  suite: readonly ConformanceTest[],
): Assessment {
  const { statement } = report;
  const circumstances = circumstancesOf(report);
  if (circumstances === undefined || statement === undefined) {
    return { file, report, circumstances, stale: [], live: [] };
  }
  const entries = file.entries.filter((entry) => holdsIn(entry, circumstances));
  const results = new Map(
    statement.requirements.flatMap((it) => it.results).map((result) => [result.test.title, result]),
  );
  const standing = (entry: Entry) =>
    standingOf(
      entry,
      suite
        .filter((test) => speaksAbout(entry, test) && concerns(test, circumstances.edition))
        .map(({ title }) => results.get(title)?.verdict.outcome ?? "not-run"),
    );
  const stale = entries.filter((entry) => standing(entry) === "stale");
  const expectedOf = (result: TestResult) =>
    expectation(result, entryFor(entries, result.test, circumstances), stale, file.path);
  return {
    file,
    report: {
      ...report,
      statement: marked(statement, expectedOf),
      stale: stale.map((entry) => staleExpectation(entry, file.path, [...results.values()])),
    },
    circumstances,
    stale,
    live: entries.filter((entry) => standing(entry) === "live"),
  };
}

/** Under which circumstances a subject was judged; absent when it did not start. */
export const circumstancesOf = ({ hello, edition }: SubjectReport): Circumstances | undefined =>
  hello === undefined || edition === undefined
    ? undefined
    : { edition, platform: hello.subject.platform, version: hello.subject.version };

/** How an entry stands to the outcomes of all tests it speaks about. */
function standingOf(entry: Entry, outcomes: readonly Outcome[]): "live" | "stale" | "unknown" {
  // What is flaky may pass for months.
  if (entry.outcome.includes("pass")) return "live";
  if (outcomes.some((outcome) => includes(entry, outcome))) return "live";
  // What was not selected or not reached may well fail as listed.
  if (outcomes.some((outcome) => outcome === "not-run" || outcome === "harness-error")) {
    return "unknown";
  }
  return outcomes.some(isDecided) ? "stale" : "unknown";
}

/** How an outcome stands to the entry that speaks about it. */
function expectation(
  { verdict }: TestResult,
  entry: Entry | undefined,
  stale: readonly Entry[],
  path: string,
): Expected | undefined {
  const { outcome } = verdict;
  if (outcome === "not-run" || outcome === "inapplicable") return undefined;
  const bad = isFailure(outcome) || outcome === "harness-error";
  if (entry === undefined) return { state: bad ? "unexpected" : "as-expected" };
  const { reason, issue, line } = entry;
  const why = { reason, ...(issue === undefined ? {} : { issue }) };
  if (isMet(entry, verdict)) return { state: "as-expected", ...why };
  if (bad) return { state: "unexpected", ...why, instead: `${wording(entry)} (${path}:${line})` };
  return { state: stale.includes(entry) ? "stale" : "as-expected", ...why };
}

const wording = ({ outcome, message }: Entry): string =>
  either(outcome) + (message === undefined ? "" : ` with ${JSON.stringify(message)}`);

function staleExpectation(
  entry: Entry,
  path: string,
  results: readonly TestResult[],
): StaleExpectation {
  const found = results
    .filter(({ test }) => speaksAbout(entry, test))
    .map(({ verdict }) => verdict.outcome)
    .filter(isDecided);
  return {
    where: `${path}:${entry.line}`,
    about: entry.test ?? entry.requirement ?? "",
    expected: entry.outcome,
    found: [...new Set(found)],
    reason: entry.reason,
  };
}

const marked = (
  statement: Statement,
  expectedOf: (result: TestResult) => Expected | undefined,
): Statement => ({
  ...statement,
  requirements: statement.requirements.map((requirement) => ({
    ...requirement,
    results: requirement.results.map((result) => {
      const expected = expectedOf(result);
      return expected === undefined ? result : { ...result, expected };
    }),
  })),
});

const isDecided = (outcome: Outcome): boolean => outcome === "pass" || isFailure(outcome);

const includes = (entry: Entry, outcome: Outcome): boolean =>
  (entry.outcome as readonly string[]).includes(outcome);
