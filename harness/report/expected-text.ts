import type picocolors from "picocolors";

import type { TestResult } from "../judge/statement";
import { failingResults } from "./failures";
import { wrapped } from "./layout";
import type { Report, SubjectReport } from "./model";

interface Style {
  readonly colours: ReturnType<typeof picocolors.createColors>;
  readonly width: number;
}

/** Failures that were to come, one paragraph per requirement and reason; their evidence has been looked at before. */
export function expectedLines(report: Report, { colours, width }: Style): readonly string[] {
  const expected = expectedFailures(report);
  if (expected.length === 0) return [];
  const several = report.subjects.length > 1;
  const total = expected.reduce((sum, { tests }) => sum + tests, 0);
  return [
    "",
    colours.yellow(colours.bold(`expected (${total})`)),
    ...expected.flatMap(({ title, reason, issue, subjects }) => [
      ...wrapped(`${title}: ${reason}${issue === undefined ? "" : ` (${issue})`}`, width, "  "),
      ...(several ? wrapped(`on ${[...subjects].join(", ")}`, width, "    ") : []),
    ]),
  ];
}

/** What must leave its file because it is no longer so. */
export function staleLines(report: Report, { colours, width }: Style): readonly string[] {
  const lines = report.subjects.flatMap(({ name, stale = [] }) =>
    stale.flatMap(({ where, about, expected, found }) =>
      wrapped(
        `${where}: expected ${expected.join(" or ")} of ${about}, got ${found.join(" and ")} on ${name}; remove it`,
        width,
        "  ",
      ),
    ),
  );
  if (lines.length === 0) return [];
  return ["", colours.red(colours.bold("no longer so (stale)")), ...lines];
}

interface ExpectedFailure {
  readonly title: string;
  readonly reason: string;
  readonly issue: string | undefined;
  tests: number;
  readonly subjects: Set<string>;
}

function expectedFailures({ subjects }: Report): readonly ExpectedFailure[] {
  const groups = new Map<string, ExpectedFailure>();
  for (const subject of subjects) {
    for (const { test, verdict, expected } of expectedResults(subject)) {
      const { reason = "", issue } = expected ?? {};
      const title = `${test.requirement.id} ${verdict.outcome}`;
      const key = [title, reason, issue].join("\n");
      const group = groups.get(key) ?? { title, reason, issue, tests: 0, subjects: new Set() };
      group.tests += 1;
      group.subjects.add(subject.name);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

const expectedResults = (subject: SubjectReport): readonly TestResult[] =>
  failingResults(subject).filter(({ expected }) => expected?.state === "as-expected");
