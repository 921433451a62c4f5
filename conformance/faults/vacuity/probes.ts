import type { FromAdapter, FromHarness } from "../../../harness/protocol/messages";
import type { Value } from "../../../harness/protocol/values";
import type { Answer } from "./probe-session";

const returned = (value: Value): FromAdapter => ({ type: "returned", value });

/** Answers every call, and nothing else. */
const calls =
  (answer: (call: Extract<FromHarness, { type: "call" }>) => FromAdapter): Answer =>
  (message) =>
    message.type === "call" ? answer(message) : undefined;

/** An exception that is whatever a test may want to see. */
const anyException = {
  ref: 1,
  kind: "exception" as const,
  type: "RuntimeError",
  bases: [
    ...["RuntimeError", "ValueError", "TypeError", "CancelledError", "KeyboardInterrupt"],
    ...["SystemExit", "RuntimeWarning", "StopAsyncIteration", "Exception", "BaseException"],
  ],
  message: "",
};

/** What answers without doing anything. */
export const probes: Readonly<Record<string, Answer>> = {
  "answers with nothing": calls(() => returned(null)),
  "answers with the same object": calls(() => returned({ ref: 1, kind: "loop" })),
  "answers true": calls(() => returned(true)),
  "answers false": calls(() => returned(false)),
  "answers with an empty list": calls(() => returned([])),
  echoes: calls(({ args, on }) => returned(args?.[0] ?? on ?? null)),
  "always raises": calls(() => ({ type: "raised", exception: anyException })),
  "never answers": () => undefined,
};

/** Says again what was said before, one message for each of the harness's. */
export function replay(recorded: readonly FromAdapter[]): Answer {
  const left = [...recorded];
  return () => left.shift();
}
