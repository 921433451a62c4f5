import picocolors from "picocolors";

import type { Requirement } from "../../spec/requirement";
import type { Score } from "../judge/statement";
import { count, describeSubject, seconds } from "./describe";
import { expectedLines, staleLines } from "./expected-text";
import { failureLines } from "./failure-text";
import { failuresOf } from "./failures";
import { table, wrapped } from "./layout";
import type { Report, SubjectReport } from "./model";
import { tallyOf, tallyWords } from "./tally";

/** How a report is rendered for a terminal. */
export interface TerminalOptions {
  readonly colour: boolean;
  readonly width: number;
}

type Colours = ReturnType<typeof picocolors.createColors>;

/** The report for people: one table, what could not be judged, each failure, one sentence per subject. */
export function terminalReport(report: Report, { colour, width }: TerminalOptions): string {
  const colours = picocolors.createColors(colour);
  const failures = failuresOf(report).flatMap((failure, index) => [
    "",
    ...failureLines(failure, index + 1, { colours, width }),
  ]);
  return [
    ...tableOf(report, colours),
    ...report.subjects.flatMap((subject) => errorLines(subject, colours, width)),
    ...failures,
    ...expectedLines(report, { colours, width }),
    ...staleLines(report, { colours, width }),
    "",
    ...report.subjects.flatMap((subject) => sentenceLines(subject, colours, width)),
    ...apartLines(report, width),
    ...gateLines(report, colours),
    ...(report.complete ? [] : ["", colours.yellow("interrupted: this report is incomplete")]),
  ].join("\n");
}

function tableOf(report: Report, colours: Colours): readonly string[] {
  const header = [
    "subject",
    "implementation",
    "edition",
    "conformant",
    "CPython-compatible",
    "time",
  ];
  const [first = "", ...rest] = table([
    header,
    ...report.subjects.map((subject) => [
      subject.name,
      describeSubject(subject),
      subject.edition ?? "",
      ...scores(subject, colours),
      seconds(subject.durationMs),
    ]),
  ]);
  return [colours.bold(first), ...rest];
}

function scores({ statement, error }: SubjectReport, colours: Colours): readonly string[] {
  if (statement === undefined) {
    return [error === undefined ? colours.yellow("not run") : colours.red("not judged"), ""];
  }
  if (!statement.verified) return [colours.yellow("nothing verified"), ""];
  return [painted(statement.conformant, colours), painted(statement.compatible, colours)];
}

function painted(score: Score, colours: Colours): string {
  const text = `${score.passed}/${score.of}`;
  return score.passed === score.of && score.of > 0 ? colours.green(text) : colours.red(text);
}

function errorLines({ name, error }: SubjectReport, colours: Colours, width: number) {
  if (error === undefined) return [];
  const stderr = error.stderr.trim().split("\n").slice(-15).join("\n");
  const shown = stderr === "" || error.message.includes(stderr) ? [] : stderr.split("\n");
  return [
    "",
    `${colours.red(colours.bold(name))}: ${error.code}`,
    ...wrapped(error.message, width, "  "),
    ...shown.map((line) => colours.dim(`  | ${line}`)),
  ];
}

function sentenceLines({ name, statement }: SubjectReport, colours: Colours, width: number) {
  if (statement === undefined) return [];
  const listed = (title: string, requirements: readonly Requirement[]) =>
    listedLines(title, requirements, width);
  const notRun = statement.requirements.filter(({ outcome }) => outcome === "not-run");
  return [
    `${colours.bold(name)}: ${statement.sentence}`,
    ...listed(
      `unsupported, so not judged (${statement.unsupported.length})`,
      statement.unsupported,
    ),
    ...listed(
      `not run (${notRun.length}), ${notRun[0]?.results[0]?.verdict.message ?? "no test decides it"}`,
      notRun.map(({ requirement }) => requirement),
    ),
  ];
}

/** What is counted nowhere, once for all subjects. */
function apartLines({ subjects }: Report, width: number): readonly string[] {
  const all = (part: "untestable" | "retired") => [
    ...new Map(
      subjects
        .flatMap(({ statement }) => statement?.[part] ?? [])
        .map((requirement) => [requirement.id, requirement]),
    ).values(),
  ];
  const lines = [
    ...listedLines("untestable, so not counted", all("untestable"), width),
    ...listedLines("retired, so not counted", all("retired"), width),
  ];
  return lines.length === 0 ? [] : ["", ...lines];
}

/** How a run stands to its list of expectations: the last thing a maintainer reads. */
function gateLines(report: Report, colours: Colours): readonly string[] {
  const tally = tallyOf(report);
  if (!tally.gated) return [];
  const { failed, stale, broken, unusable, unverified } = tally;
  const isGreen = [failed, stale, broken, unusable, unverified].every((it) => it === 0);
  const light = isGreen && report.complete ? colours.green("green") : colours.red("red");
  return ["", `${colours.bold("gate")}: ${light}, ${tallyWords(tally)}`];
}

const listedLines = (title: string, listed: readonly Requirement[], width: number) =>
  listed.length === 0
    ? []
    : wrapped(`${title}: ${listed.map(({ id }) => id).join(", ")}`, width, "  ");

/** One line for a subject that is done: what a log of continuous integration shows. */
export function doneLine(subject: SubjectReport): string {
  const time = seconds(subject.durationMs);
  if (subject.error !== undefined) return `${subject.name}: ${subject.error.code} after ${time}`;
  const tally = tallyOf({ subjects: [subject] });
  return `${subject.name}: ${count(tally.tests, "test")} in ${time}, ${tallyWords(tally)}`;
}
