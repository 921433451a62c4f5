import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { editions } from "../../../spec/editions";
import { features } from "../../../spec/requirement";

/*
 * An adapter with nothing behind it: `node probe.js KIND [FILE]`. It claims every feature and never runs anything, so no
 * test may pass on it. SIGINT does nothing to it.
 */

interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

type Answer = (call: Frame) => Frame | undefined;

/** Has the name of every exception a test may want to see. */
const anyException = {
  ref: 1,
  kind: "exception",
  type: "RuntimeError",
  bases: [
    ...["RuntimeError", "ValueError", "TypeError", "CancelledError", "KeyboardInterrupt"],
    ...["SystemExit", "RuntimeWarning", "StopAsyncIteration", "Exception", "BaseException"],
  ],
  message: "",
};

const kinds: Record<string, () => Answer> = {
  "answers-at-once": () => () => ({ type: "returned", value: null }),
  "answers-with-an-object": () => () => ({ type: "returned", value: { ref: 1, kind: "loop" } }),
  "answers-true": () => () => ({ type: "returned", value: true }),
  "answers-false": () => () => ({ type: "returned", value: false }),
  echoes:
    () =>
    ({ args, on }) => ({
      type: "returned",
      value: (args as unknown[] | undefined)?.[0] ?? on ?? null,
    }),
  "always-raises": () => () => ({ type: "raised", exception: anyException }),
  "always-hangs": () => () => undefined,
  "replays-the-reference": () => {
    const sessions = JSON.parse(readFileSync(process.argv[3] ?? "", "utf8")) as Frame[][];
    let lines: Frame[] = [];
    return ({ type }) => {
      if (type === "open") lines = sessions.shift() ?? [];
      return type === "open" ? undefined : lines.shift();
    };
  },
};

function main(kind = ""): void {
  const answer = kinds[kind]?.();
  if (answer === undefined) throw new Error(`expected a probe, got ${kind}`);
  process.on("SIGINT", () => undefined);
  say({
    type: "hello",
    protocol: 1,
    subject: { name: kind, version: "0", language: "none", platform: process.platform },
    editions,
    features: Object.keys(features),
    isolation: "shared",
  });
  createInterface({ input: process.stdin }).on("line", (line) => {
    const frame = JSON.parse(line) as Frame;
    if (frame.type === "open") {
      answer(frame);
      say({ type: "opened", pid: process.pid });
    } else if (frame.type === "close") say({ type: "closed" });
    else {
      const said = answer(frame);
      if (said !== undefined) say(said);
    }
  });
}

function say(frame: Frame): void {
  process.stdout.write(`${JSON.stringify(frame)}\n`);
}

main(process.argv[2]);
