import type { Score } from "../judge/statement";
import { count, describeSubject, seconds } from "./describe";
import { failuresOf, type Failure } from "./failures";
import type { Report, SubjectReport } from "./model";
import { plainFailure } from "./plain-failure";
import { standingOf } from "./standing";
import { tallyOf, tallyWords } from "./tally";
import { unexcused } from "./unexcused";
import { visible, visibleLine } from "./visible";

/** GitHub refuses a summary of more than a mebibyte; characters may take four bytes. */
const roomForFailures = 200_000;

/** The report as Markdown, for the summary of a CI step: a table, what is to be done, and what is known. */
export function markdownReport(report: Report): string {
  const failures = failuresOf(unexcused(report));
  return [
    "## asyncio Runners conformance",
    "",
    ...glance(report),
    ...tableOf(report),
    ...report.subjects.flatMap(statement),
    ...report.subjects.flatMap(unusable),
    ...(failures.length === 0 ? [] : ["", `### ${count(failures.length, "failure")}`]),
    ...fitting(failures.map(details)),
    ...withTitle("### Stale expectations", report.subjects.flatMap(listed("failed", isStale))),
    ...withTitle("### Expected failures", report.subjects.flatMap(listed("excused"))),
    ...(report.complete ? [] : ["", "**Interrupted: this report is incomplete.**"]),
    "",
  ].join("\n");
}

/** What a list of expectations leaves to look at; nothing where there is no list. */
function glance(report: Report): readonly string[] {
  const tally = tallyOf(report);
  return tally.gated ? [tallyWords(tally), ""] : [];
}

function tableOf({ subjects }: Report): readonly string[] {
  const rows = subjects.map((subject) => [
    text(subject.name),
    text(describeSubject(subject)),
    subject.edition ?? "",
    ...scores(subject),
    seconds(subject.durationMs),
  ]);
  return [
    "| subject | implementation | edition | conformant | CPython-compatible | time |",
    "| --- | --- | --- | --: | --: | --: |",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ];
}

function scores({ statement, error }: SubjectReport): readonly string[] {
  if (statement === undefined) return [error === undefined ? "not run" : "❌ not judged", ""];
  if (!statement.verified) return ["nothing verified", ""];
  return [statement.conformant, statement.compatible].map(scored);
}

const scored = ({ passed, of }: Score): string =>
  `${passed === of && of > 0 ? "✅" : "❌"} ${passed}/${of}`;

const statement = ({ name, statement }: SubjectReport): readonly string[] =>
  statement === undefined ? [] : ["", `**${text(name)}**: ${statement.sentence}`];

const unusable = ({ name, error }: SubjectReport): readonly string[] =>
  error === undefined
    ? []
    : ["", `**${text(name)}**: ${text(error.code)}`, "", ...code([error.message, error.stderr])];

function details({ requirement, result, subjects }: Failure): string {
  const [first] = subjects;
  if (first === undefined) return "";
  const on = [...subjects].map(({ name }) => text(name)).join(", ");
  return [
    "",
    "<details>",
    `<summary><b>${text(requirement.id)}</b> ${result.verdict.outcome} on ${on}</summary>`,
    "",
    ...code(plainFailure(first, result)),
    "",
    "</details>",
  ].join("\n");
}

/** As many as there is room for, and how many are left out. */
function fitting(blocks: readonly string[]): readonly string[] {
  let room = roomForFailures;
  const shown = blocks.filter((block) => (room -= block.length) >= 0);
  const hidden = blocks.length - shown.length;
  return hidden === 0 ? shown : [...shown, "", `${count(hidden, "failure")} did not fit in here.`];
}

const isStale = (expected: { readonly state: string } | undefined): boolean =>
  expected?.state === "stale";

const listed =
  (kind: "failed" | "excused", holds: typeof isStale = () => true) =>
  ({ name, statement }: SubjectReport): readonly string[] =>
    (statement?.requirements ?? [])
      .flatMap(({ results }) => results)
      .filter((result) => holds(result.expected) && standingOf(result).kind === kind)
      .map(
        (result) =>
          `- ${text(result.test.title)} (${text(name)}): ${text(standingOf(result).message)}`,
      );

const withTitle = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", title, "", ...lines];

/** Lines in a fence that none of them can close. */
function code(lines: readonly string[]): readonly string[] {
  const shown = visible(lines.join("\n")).trimEnd();
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, shown, fence];
}

/** A text that is neither Markdown nor HTML: what could be either is written as an entity, which never is markup. */
const text = (words: string): string =>
  visibleLine(words).replace(
    /[^\p{L}\p{N} .,;/()'?=+-]/gu,
    (character) => `&#${character.codePointAt(0) ?? 0};`,
  );
