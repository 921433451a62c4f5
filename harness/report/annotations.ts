import { count } from "./describe";
import { failuresOf } from "./failures";
import type { Report, SubjectReport } from "./model";
import { standingOf } from "./standing";
import { troubleOf } from "./trouble";
import { unexcused } from "./unexcused";
import { visible, visibleLine } from "./visible";

/** GitHub shows so many errors of a step and drops the others without a word. */
const shownErrors = 10;

/** The report as workflow commands of GitHub Actions: an error for each failure, a notice for each statement. */
export function annotations(report: Report): string {
  const errors = [
    ...report.subjects.flatMap((subject) => unjudged(subject, report)),
    ...failuresOf(unexcused(report)).map(({ requirement, result, subjects }) =>
      command(
        "error",
        `${requirement.id} (${[...subjects].map(({ name }) => name).join(", ")})`,
        `${requirement.text}\n${result.verdict.message ?? result.verdict.outcome}\nHint: ${requirement.hint}`,
      ),
    ),
    ...report.subjects.flatMap(stale),
  ];
  const hidden = errors.length - shownErrors;
  const shown =
    hidden <= 0
      ? errors
      : [
          ...errors.slice(0, shownErrors - 1),
          command(
            "error",
            "runner-conformance",
            `${count(hidden + 1, "more error")}: see the report`,
          ),
        ];
  return [...shown, ...report.subjects.flatMap(notice), ""].join("\n");
}

function unjudged(subject: SubjectReport, report: Report): readonly string[] {
  const trouble = troubleOf(subject, report);
  if (trouble === undefined) return [];
  const { code, message, stderr } = trouble;
  return [command("error", `${subject.name}: ${code}`, `${message}\n${stderr}`.trim())];
}

const stale = ({ name, statement }: SubjectReport): readonly string[] =>
  (statement?.requirements ?? [])
    .flatMap(({ results }) => results)
    .filter(({ expected }) => expected?.state === "stale")
    .map((result) =>
      command("error", `${result.test.title} (${name})`, standingOf(result).message),
    );

const notice = ({ name, statement }: SubjectReport): readonly string[] =>
  statement === undefined ? [] : [command("notice", name, statement.sentence)];

const command = (kind: "error" | "notice", title: string, message: string): string =>
  `::${kind} title=${property(title)}::${data(message)}`;

const property = (text: string): string =>
  data(visibleLine(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");

const data = (text: string): string =>
  visible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
