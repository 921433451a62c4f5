import type picocolors from "picocolors";

import type { TestResult } from "../judge/statement";
import type { Verdict } from "../judge/verdict";
import type { TranscriptEntry } from "../session/session";
import type { Failure } from "./failures";
import { wrapped } from "./layout";
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
  const { requirement, result, tests, subjects } = failure;
  const { outcome, message, expected } = result.verdict;
  const { bold, red } = style.colours;
  const width = style.width - 5;
  const part = (name: string, lines: readonly string[]) => {
    const said = lines.filter((line) => line !== "");
    return said.length === 0 ? [] : [`   ${bold(name)}`, ...said.map((line) => `     ${line}`)];
  };
  const text = (words = "") => wrapped(words, width);
  const names = [...subjects].map(({ name }) => name);
  const sentences = [...tests].map((title) => title.slice(requirement.id.length + 2));
  return [
    red(bold(`${number}) ${requirement.id}`)) + (outcome === "fail" ? "" : ` ${red(outcome)}`),
    ...wrapped(requirement.text, style.width, "   "),
    ...part(
      tests.size === 1 ? "test" : "tests",
      sentences.flatMap((sentence) => text(sentence)),
    ),
    ...part("on", text(names.join(", "))),
    ...part("what we did", conversation(failure)),
    ...part("what we saw", [...text(message), ...evidence(result.verdict)]),
    ...part("listed as", text(result.expected?.instead)),
    ...part("what is accepted", limited((expected ?? "").split("\n"))),
    ...part("hint", text(requirement.hint)),
    ...part("note", text(requirement.note)),
    ...part(
      "repeat just this",
      names.slice(0, 1).map((name) => repeatCommand(name, requirement.id)),
    ),
  ];
}

/** What happened before the verdict. Where it did not crash, we killed it: that is tidying up, not evidence. */
export const beforeVerdict = ({ verdict, transcript }: TestResult): readonly TranscriptEntry[] =>
  transcript.filter(
    ({ message }) => verdict.outcome === "crash" || !("type" in message && message.type === "died"),
  );

function conversation({ result }: Failure): readonly string[] {
  const lines = transcriptLines(beforeVerdict(result));
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

/** What to type to see a failure again, and nothing else. */
export const repeatCommand = (subject: string, requirement: string): string =>
  `runner-conformance run ${quoted(subject)} --requirement ${requirement}`;

const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
