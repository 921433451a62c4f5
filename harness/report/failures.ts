import type { TestResult } from "../judge/statement";
import { isFailure } from "../judge/verdict";
import type { Report, SubjectReport } from "./model";

/** One thing that went wrong, and every subject it went wrong on. */
export interface Failure {
  readonly result: TestResult;
  /** In the order of the report; the first one is the source of `result`. */
  readonly subjects: readonly SubjectReport[];
}

/** Failures and errors of ours, each once, in the order of the catalogue. */
export function failuresOf(report: Report): readonly Failure[] {
  const groups = new Map<string, { result: TestResult; subjects: SubjectReport[] }>();
  for (const subject of report.subjects) {
    for (const result of failingResults(subject)) {
      const key = `${result.test.title}\n${result.verdict.outcome}\n${alike(result.verdict.message ?? "")}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { result, subjects: [subject] });
      else group.subjects.push(subject);
    }
  }
  const rank = rankOfTests(report);
  const rankOf = ({ result }: Failure) => rank.get(result.test.title) ?? 0;
  return [...groups.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

const failingResults = ({ statement }: SubjectReport): readonly TestResult[] =>
  (statement?.requirements ?? [])
    .flatMap(({ results }) => results)
    .filter(({ verdict }) => isFailure(verdict.outcome) || verdict.outcome === "harness-error");

/** Messages that differ only in numbers of objects, nonces and durations tell the same story. */
const alike = (message: string): string =>
  message.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|0x[0-9a-f]+|\d+/g, "·");

/** Subjects of different editions see different tests; together they see them all, each in its order. */
function rankOfTests(report: Report): ReadonlyMap<string, number> {
  const rank = new Map<string, number>();
  const perFamily = report.subjects.flatMap(({ statement }) => statement?.requirements ?? []);
  for (const { results } of perFamily) {
    for (const { test } of results) if (!rank.has(test.title)) rank.set(test.title, rank.size);
  }
  return rank;
}
