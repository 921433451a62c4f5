import { expect } from "chai";

import type { TranscriptEntry } from "../session/session";
import { transcriptLines } from "./transcript";

const entries = (...messages: TranscriptEntry["message"][]): readonly TranscriptEntry[] =>
  messages.map((message, at) => ({ at, from: "harness", message }));

const told = (...messages: TranscriptEntry["message"][]) =>
  transcriptLines(entries(...messages)).map((line) => line.replace(/^ +\d+ ms {2}/, ""));

describe("a transcript", () => {
  it("tells who did what, and what came of it", () => {
    const main = { puppet: 1, kind: "coroutine" } as const;
    const exception = {
      ref: 4,
      kind: "exception" as const,
      type: "KeyError",
      bases: [],
      message: "x",
    };

    expect(
      told(
        { type: "open", session: "s" },
        { type: "opened", pid: 42 },
        { type: "call", op: "asyncio.Runner", kwargs: { debug: true } },
        { type: "returned", value: { ref: 1, kind: "runner" } },
        { type: "call", op: "runner.run", on: { ref: 1, kind: "runner" }, args: [main] },
        { type: "step", puppet: 1, activation: 1, outcome: { started: [] } },
        { type: "call", op: "asyncio.sleep", args: [0.5] },
        { type: "returned", value: { ref: 2, kind: "coroutine" } },
        { type: "await", value: { ref: 2, kind: "coroutine" } },
        { signal: "SIGINT" },
        { type: "step", puppet: 1, activation: 1, outcome: { raised: exception } },
        { type: "raise", exception },
        { type: "raised", exception },
        { type: "close" },
      ),
    ).to.deep.equal([
      "session begins in process 42",
      "harness calls asyncio.Runner(debug=True)",
      "asyncio.Runner returned runner#1",
      "harness calls runner#1.run(coroutine 1)",
      "coroutine 1 starts",
      "coroutine 1 calls asyncio.sleep(0.5)",
      "asyncio.sleep returned coroutine#2",
      "coroutine 1 awaits coroutine#2",
      "harness sends SIGINT",
      "coroutine 1 gets KeyError(x) raised",
      "coroutine 1 raises KeyError(x)",
      "runner#1.run raised KeyError(x)",
      "harness ends the session",
    ]);
  });

  it("tells repeated signs of life once", () => {
    const beat = { type: "notice", puppet: 3, event: "spinning" } as const;

    expect(told(beat, beat, beat)).to.deep.equal(["puppet 3 is spinning (3 times)"]);
  });
});
