import type { Score } from "../../judge/statement";
import { describeSubject, seconds } from "../describe";
import { failingResults } from "../failures";
import type { Report, SubjectReport } from "../model";
import { keysOf } from "./data";
import { escaped } from "./markup";

/** The statement about each subject as a table: what can be read without JavaScript. */
export function statementsTable({ subjects }: Report): string {
  const keys = keysOf(subjects);
  const heads = ["subject", "edition", "conformant", "CPython-compatible", "failures", "time"];
  return [
    `<table class="${subjects.length > 8 ? "statements many" : "statements"}">`,
    "<caption>What may be said of each implementation</caption>",
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>`,
    "<tbody>",
    ...subjects.map((subject, index) => row(subject, keys[index] ?? "")),
    "</tbody>",
    "</table>",
  ].join("\n");
}

function row(subject: SubjectReport, key: string): string {
  const { edition = "", statement, error } = subject;
  const address = `#/subject/${encodeURIComponent(key)}`;
  const name = `<a href="${escaped(address)}">${escaped(key)}</a>`;
  const said = statement?.sentence ?? (error === undefined ? "not run" : "");
  const why = error === undefined ? "" : ` <b class="bad">✗ ${escaped(error.code)}</b>`;
  const cells = [
    edition,
    scoreCell(statement?.conformant, "conformant"),
    scoreCell(statement?.compatible, "CPython-compatible"),
    statement === undefined ? "–" : failureCell(failingResults(subject).length),
    seconds(subject.durationMs),
  ];
  return [
    '<tr data-row><th scope="row">',
    `${name} <small>${escaped(describeSubject(subject))}</small>`,
    `<p class="sentence">${escaped(said)}${why}</p></th>`,
    ...cells.map((cell) => `<td>${cell}</td>`),
    "</tr>",
  ].join("");
}

const failureCell = (failures: number): string =>
  failures === 0 ? "none" : `<b class="bad">${failures}</b>`;

const scoreCell = (score: Score | undefined, of: string): string =>
  score === undefined
    ? "–"
    : `<b class="${holds(score) ? "good" : "bad"}">${holds(score) ? "✓" : "✗"} ${score.passed}/${score.of}</b>` +
      `<progress value="${score.passed}" max="${Math.max(1, score.of)}" aria-label="${of}"></progress>`;

const holds = ({ passed, of }: Score): boolean => passed === of && of > 0;
