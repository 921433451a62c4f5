import { stringify } from "yaml";

import type { TestResult } from "../judge/statement";
import type { Report, SubjectReport } from "./model";
import { plainFailure } from "./plain-failure";
import { standingOf } from "./standing";
import { troubleOf } from "./trouble";
import { visible, visibleLine } from "./visible";

/** The report as TAP 14: a subtest per subject, a point per test, YAML for whoever must repair it. */
export const tapReport = (report: Report): string =>
  [
    "TAP version 14",
    `1..${report.subjects.length}`,
    ...report.subjects.flatMap((subject, index) => subtest(subject, index + 1, report)),
    "",
  ].join("\n");

function subtest(subject: SubjectReport, number: number, report: Report): readonly string[] {
  const name = described(subject.name);
  const results = (subject.statement?.requirements ?? []).flatMap((it) => it.results);
  const points = results.flatMap((result, index) => point(subject, result, index + 1));
  const error = troubleOf(subject, report);
  const ok = error === undefined && results.every((result) => !isNotOk(result));
  return [
    `# Subtest: ${name}`,
    ...[`1..${results.length}`, ...points].map((line) => `    ${line}`),
    `${ok ? "ok" : "not ok"} ${number} - ${name}`,
    ...diagnosis({
      statement: subject.statement?.sentence,
      error: error && `${error.code}: ${error.message}\n${error.stderr}`.trim(),
    }),
  ];
}

function point(subject: SubjectReport, result: TestResult, number: number): readonly string[] {
  const { kind, message } = standingOf(result);
  const line = `${number} - ${described(result.test.title)}`;
  switch (kind) {
    case "passed":
      return [`ok ${line}`];
    case "skipped":
      return [`ok ${line} # SKIP ${described(message)}`];
    case "excused":
      return [`not ok ${line} # TODO ${described(message)}`];
    case "failed":
    case "broken":
      return [
        `not ok ${line}`,
        ...diagnosis({
          outcome: result.verdict.outcome,
          message,
          details: plainFailure(subject, result).join("\n"),
        }),
      ];
  }
}

const isNotOk = (result: TestResult): boolean =>
  ["failed", "broken"].includes(standingOf(result).kind);

/** A YAML block below a point; nothing when there is nothing to say. */
function diagnosis(facts: Record<string, string | undefined>): readonly string[] {
  const said = Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, visible(value)] as const],
  );
  if (said.length === 0) return [];
  const lines = stringify(Object.fromEntries(said), { lineWidth: 0 }).trimEnd().split("\n");
  return ["---", ...lines, "..."].map((line) => `  ${line}`);
}

/** A text in a line of its own, in which a number sign begins no directive. */
const described = (text: string): string => visibleLine(text).replace(/[\\#]/g, "\\$&");
