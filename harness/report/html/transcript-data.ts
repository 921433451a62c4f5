import type { TestResult } from "../../judge/statement";
import { beforeVerdict } from "../failure-text";
import { failingResults } from "../failures";
import type { Report } from "../model";
import { told, type Told } from "../transcript";
import type { TranscriptData } from "./page-data";
import { forks } from "./parting";
import type { Texts } from "./texts";

/** However much fails, the page stays small: of a longer transcript the end is kept, because what matters is there. */
const roomForLines = 200_000;
const [fewestLines, mostLines] = [10, 200];

interface Recorded {
  readonly result: TestResult;
  /** The place of the subject in the report. */
  readonly subject: number;
  readonly lines: readonly Told[];
}

/** The transcripts of what failed, each with the place where it parts from the same test on another subject. */
export function transcriptsOf(
  { subjects }: Report,
  texts: Texts,
): ReadonlyMap<TestResult, TranscriptData> {
  const recorded = subjects.flatMap((subject, index) =>
    failingResults(subject)
      .map((result) => ({ result, subject: index, lines: told(beforeVerdict(result)) }))
      .filter(({ lines }) => lines.length > 0),
  );
  const fair = Math.floor(roomForLines / recorded.length);
  const kept = Math.max(fewestLines, Math.min(fair, mostLines));
  const alike = remembering(comparable);
  return new Map(
    [...byTest(recorded).values()].flatMap((sameTest) => {
      const found = forks(sameTest.map(({ lines }) => lines.map(({ text }) => alike(text))));
      return sameTest.map((it, index) => {
        const fork = found[index];
        const other = fork && sameTest[fork.other];
        return [it.result, dataOf(it, kept, texts, fork && other && { at: fork.at, other })];
      });
    }),
  );
}

function byTest(recorded: readonly Recorded[]): ReadonlyMap<string, readonly Recorded[]> {
  const groups = new Map<string, Recorded[]>();
  for (const it of recorded) {
    const group = groups.get(it.result.test.title) ?? [];
    group.push(it);
    groups.set(it.result.test.title, group);
  }
  return groups;
}

function dataOf(
  { lines }: Recorded,
  kept: number,
  texts: Texts,
  fork: { readonly at: number; readonly other: Recorded } | undefined,
): TranscriptData {
  const hidden = Math.max(0, lines.length - kept);
  const flat = lines.slice(hidden).flatMap(({ at, text }) => [Math.round(at), texts.add(text)]);
  if (fork === undefined || fork.at < hidden) return { hidden, lines: flat };
  const there = fork.other.lines[fork.at];
  const parting = {
    line: fork.at - hidden,
    from: fork.other.subject,
    ...(there && { other: texts.add(there.text) }),
  };
  return { hidden, lines: flat, parting };
}

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
