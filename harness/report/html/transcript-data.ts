import type { TestResult } from "../../judge/statement";
import { beforeVerdict } from "../failure-text";
import { failingResults } from "../failures";
import type { Report } from "../model";
import { told, type Told } from "../transcript";
import type { TranscriptData } from "./page-data";
import { forks } from "./parting";
import type { Texts } from "./texts";

/** Of a longer transcript, the end is kept: what matters happened there. */
const keptLines = 200;

interface Recorded {
  readonly result: TestResult;
  /** The place of the subject in the report. */
  readonly subject: number;
  readonly hidden: number;
  readonly lines: readonly Told[];
}

/** The transcripts of what failed, each with the place where it parts from the same test on another subject. */
export function transcriptsOf(
  { subjects }: Report,
  texts: Texts,
): ReadonlyMap<TestResult, TranscriptData> {
  const byTest = new Map<string, Recorded[]>();
  subjects.forEach((subject, index) => {
    for (const result of failingResults(subject)) {
      const recorded = recordedOf(result, index);
      if (recorded.lines.length === 0) continue;
      const sameTest = byTest.get(result.test.title) ?? [];
      sameTest.push(recorded);
      byTest.set(result.test.title, sameTest);
    }
  });
  const alike = remembering(comparable);
  return new Map([...byTest.values()].flatMap((recorded) => compared(recorded, alike, texts)));
}

function recordedOf(result: TestResult, subject: number): Recorded {
  const lines = told(beforeVerdict(result));
  const hidden = Math.max(0, lines.length - keptLines);
  return { result, subject, hidden, lines: lines.slice(hidden) };
}

function compared(
  recorded: readonly Recorded[],
  alike: (line: string) => string,
  texts: Texts,
): [TestResult, TranscriptData][] {
  const found = forks(recorded.map(({ lines }) => lines.map(({ text }) => alike(text))));
  return recorded.map(({ result, hidden, lines }, index) => {
    const fork = found[index];
    const other = fork && recorded[fork.other];
    const parting =
      other === undefined || fork === undefined
        ? undefined
        : { line: fork.at, from: other.subject, ...otherLine(other.lines[fork.at], texts) };
    const flat = lines.flatMap(({ at, text }) => [Math.round(at), texts.add(text)]);
    return [result, { hidden, lines: flat, ...(parting && { parting }) }];
  });
}

const otherLine = (line: Told | undefined, texts: Texts) =>
  line === undefined ? {} : { other: texts.add(line.text) };

/** Processes, addresses and random names differ in every run, and how often a puppet spins does too. */
const comparable = (line: string): string =>
  line.replace(/process \d+|0x[0-9a-f]+|[0-9a-f]{8}-[0-9a-f-]{27}|\(\d+ times\)/g, "·");

/** The same function, asked only once for each text: most lines of a report are in it many times. */
function remembering(compute: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const answer = known.get(text) ?? compute(text);
    known.set(text, answer);
    return answer;
  };
}
