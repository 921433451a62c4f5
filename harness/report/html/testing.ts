import { requirements } from "../../../spec/catalogue";
import type { Judgement } from "../../judge/judge";
import { judgementOf, requirementNamed, testOf } from "../../judge/testing";
import type { TranscriptEntry } from "../../session/session";
import type { Report } from "../model";
import { madeUpReport, madeUpSubject, type Found } from "../testing";

/** A name and a message that would be markup, script and more, if anything believed them. */
export const hostile = `</script><img src=x onerror="document.title='owned'"><b>'&amp;"{{data}}<!-- script -->\0\ud800`;

/** A report with something of everything: failures with transcripts that part, excuses, gaps, a hostile subject. */
export function eventfulReport(): Report {
  const tests = requirements
    .filter(({ untestable }) => untestable === undefined)
    .map((it) => testOf(it));
  const pass = (): Found[] => tests.map((test) => ({ test, ...judgementOf("pass") }));
  const [worse, other] = [pass(), pass()];
  worse.splice(0, 3, ...failures(tests, "None"));
  other.splice(0, 1, { ...failures(tests, "False")[0], test: tests[0] } as Found);
  worse.splice(40, 4, ...gaps(tests.slice(40, 44)));
  const error = { code: "refused", message: `expected a hello, got ${hostile}`, stderr: hostile };
  return madeUpReport(
    madeUpSubject("python:python3.13", pass()),
    madeUpSubject("python:python3.13?run=forgets:run", worse),
    madeUpSubject("node:./port.mjs", other),
    madeUpSubject(hostile, [
      {
        test: testOf(requirementNamed("hostile", { text: hostile })),
        ...judgementOf("fail", hostile),
      },
    ]),
    madeUpSubject("command:./silent", [], { statement: undefined, hello: undefined, error }),
  );
}

type Tests = readonly Found["test"][];

function failures([first, second, third]: Tests, returned: "None" | "False"): Found[] {
  if (first === undefined || second === undefined || third === undefined) return [];
  const message = `expected ${returned === "None" ? "null" : "false"} to equal object#0`;
  return [
    { test: first, ...failing(message, conversation(returned)) },
    {
      test: second,
      ...judgementOf("timeout", "expected an end within 10 s, got none"),
      transcript: conversation(returned).slice(0, -1),
    },
    {
      test: third,
      ...failing("expected a KeyError, got nothing", conversation(returned)),
      expected: { state: "as-expected", reason: "not decided yet", issue: "javascript:alert(1)" },
    },
  ];
}

const gaps = ([a, b, c, d]: Tests): Found[] =>
  a === undefined || b === undefined || c === undefined || d === undefined
    ? []
    : [
        {
          test: a,
          ...judgementOf("unsupported", "needs signals, which the subject does not claim"),
        },
        { test: b, ...judgementOf("not-run", "interrupted") },
        {
          test: c,
          ...judgementOf("crash", "expected the process to live, got its end by SIGSEGV"),
        },
        {
          ...{ test: d, ...judgementOf("pass") },
          expected: { state: "stale", reason: "was broken", issue: "https://example.org/issues/1" },
        },
      ];

const failing = (message: string, transcript: readonly TranscriptEntry[]): Judgement => ({
  ...judgementOf("fail", message),
  verdict: { outcome: "fail", message, expected: "object#0", actual: "None" },
  transcript,
});

function conversation(returned: "None" | "False"): readonly TranscriptEntry[] {
  const messages: TranscriptEntry["message"][] = [
    { type: "opened", pid: returned === "None" ? 4189 : 77 },
    { type: "call", op: "object.new" },
    { type: "returned", value: { ref: 0, kind: "object" } },
    { type: "call", op: "asyncio.run", args: [{ puppet: 1, kind: "coroutine" }] },
    { type: "step", puppet: 1, activation: 1, outcome: { started: [] } },
    { type: "finish", value: { ref: 0, kind: "object" } },
    { type: "returned", value: returned === "None" ? null : false },
  ];
  return messages.map((message, index) => ({ at: index * 13.7, from: "adapter", message }));
}
