import { requirements } from "../../spec/catalogue";
import type { Requirement } from "../../spec/requirement";
import type { TestResult } from "../judge/statement";
import { isFailure } from "../judge/verdict";
import type { Report, SubjectReport } from "./model";

/** One thing that went wrong: the same message about the same requirement, wherever it came up. */
export interface Failure {
  readonly requirement: Requirement;
  /** The first time it came up; the evidence that is shown. */
  readonly result: TestResult;
  /** Titles of the tests that found it. */
  readonly tests: ReadonlySet<string>;
  /** In the order of the report; the first one is the source of `result`. */
  readonly subjects: ReadonlySet<SubjectReport>;
}

/** Failures nobody expected and errors of ours, each once, in the order of the catalogue. */
export function failuresOf(report: Report): readonly Failure[] {
  const groups = new Map<string, Growing>();
  for (const subject of report.subjects) {
    for (const result of failingResults(subject)) {
      if (result.expected?.state === "as-expected") continue;
      const { requirement, title } = result.test;
      const { outcome, message = "" } = result.verdict;
      const key = [requirement.id, outcome, alike(message)].join("\n");
      const group = groups.get(key) ?? {
        requirement,
        result,
        tests: new Set<string>(),
        subjects: new Set<SubjectReport>(),
      };
      group.tests.add(title);
      group.subjects.add(subject);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

/** What went wrong on one subject. */
export const failingResults = ({ statement }: SubjectReport): readonly TestResult[] =>
  (statement?.requirements ?? [])
    .flatMap(({ results }) => results)
    .filter(({ verdict }) => isFailure(verdict.outcome) || verdict.outcome === "harness-error");

interface Growing extends Failure {
  readonly tests: Set<string>;
  readonly subjects: Set<SubjectReport>;
}

/** Messages that differ only in numbers of objects, nonces and durations tell the same story. */
export const alike = (message: string): string =>
  message.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|0x[0-9a-f]+|\d+/g, "·");

const ranks = new Map(requirements.map(({ id }, index) => [id, index]));

const rankOf = ({ requirement }: Failure): number => ranks.get(requirement.id) ?? ranks.size;
