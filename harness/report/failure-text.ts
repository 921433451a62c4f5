import type picocolors from "picocolors";

import type { Verdict } from "../judge/verdict";
import type { Failure } from "./failures";
import { wrapped } from "./layout";
import type { SubjectReport } from "./model";
import { transcriptLines } from "./transcript";

/** How many lines of a conversation are shown. */
const shownLines = 15;
/** How many lines of evidence are shown: a stack dump, a traceback. */
const shownEvidence = 25;

interface Style {
  readonly colours: ReturnType<typeof picocolors.createColors>;
  readonly width: number;
}

/** A failure for the person who must repair it. */
export function failureLines(failure: Failure, number: number, style: Style): readonly string[] {
  const { result, subjects } = failure;
  const { requirement, title } = result.test;
  const { bold, red, dim } = style.colours;
  const part = (name: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [`   ${bold(name)}`, ...lines.flatMap((line) => (line === "" ? [] : `     ${line}`))];
  const text = (words: string | undefined) =>
    words === undefined ? [] : wrapped(words, style.width - 5);
  return [
    red(bold(`${number}) ${requirement.id}`)) +
      (result.verdict.outcome === "fail" ? "" : ` ${red(result.verdict.outcome)}`),
    ...wrapped(requirement.text, style.width, "   "),
    dim(`   test: ${title.slice(requirement.id.length + 2)}`),
    ...part("on", wrapped(subjects.map(({ name }) => name).join(", "), style.width - 5)),
    ...part("what we did", conversation(failure)),
    ...part("what we saw", [...text(result.verdict.message), ...evidence(result.verdict)]),
    ...part("what is accepted", limited((result.verdict.expected ?? "").split("\n"))),
    ...part("hint", text(requirement.hint)),
    ...part("note", text(requirement.note)),
    ...part("repeat just this", [repeatCommand(subjects, requirement.id)]),
  ];
}

function conversation({ result }: Failure): readonly string[] {
  const lines = transcriptLines(result.transcript);
  const hidden = lines.length - shownLines;
  return hidden > 1 ? [`… ${hidden} lines before`, ...lines.slice(-shownLines)] : lines;
}

function evidence({ message, actual, stackDump }: Verdict): readonly string[] {
  const seen = actual === undefined || message?.includes(actual) === true ? "" : actual;
  return [...limited(seen.split("\n")), ...limited((stackDump ?? "").trim().split("\n"))];
}

function limited(lines: readonly string[]): readonly string[] {
  const hidden = lines.length - shownEvidence;
  return hidden > 1 ? [`… ${hidden} lines before`, ...lines.slice(-shownEvidence)] : lines;
}

function repeatCommand([subject]: readonly SubjectReport[], id: string): string {
  return `runner-conformance run ${quoted(subject?.name ?? "")} --requirement ${id}`;
}

const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
