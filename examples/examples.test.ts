import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { preemptive } from "../reference";
import { CompiledExamples } from "./testing";

/** What each example prints before it ends by itself. */
const outputs: Record<string, readonly string[]> = {
  "async-generators": ["2", "1", "closed", "10", "main ends", "closed"],
  cancellation: [
    "first: signal aborted",
    "first: cleaned up",
    "first is cancelled: true",
    "second: signal aborted",
    "second: cleaned up",
    "second took too long",
    "third: signal aborted",
    "third: cleaned up",
    "third: no longer needed",
  ],
  context: ["ada in request 1; grace in request 2", "here: ada no request"],
  debug: ["Executing task main took N seconds"],
  editions: [
    "3.7: no Runner, ValueError: a coroutine was expected, got 'no coroutine'",
    "3.10: no Runner, ValueError: a coroutine was expected, got 'no coroutine'",
    "3.13: a Runner, ValueError: a coroutine was expected, got 'no coroutine'",
    "3.15: a Runner, TypeError: an awaitable is required, got 'no coroutine'",
    "done, as in 3.10",
  ],
  executor: ["primes: 9592", "digest: 2cf24dba", "error: true RangeError: too far"],
  "loop-factory": ["child's result", "tasks made: 3"],
  primes: [],
  promises: ["text: hello", "too slow", "and the server knows", "raised: RangeError: no"],
  "several-runs": ["first run: 1", "second run: 2", "in another context: 1", "outside: 0"],
  "task-group": [
    "left has ended",
    "right has ended",
    "both: left right",
    "broken has ended",
    "patient has ended",
    "errors: Error: no such part",
  ],
  "ten-lines": [`${wordsIn("LICENSE", "package.json")} words, counted in another thread`],
  "without-using": ["first, second"],
};

/** Examples that wait for Ctrl-C. */
const interrupted = ["ctrl-c", "ctrl-c-caught", "tight-loop"];

describe("examples", () => {
  let examples: CompiledExamples;
  before(() => {
    examples = new CompiledExamples();
  });
  after(() => {
    examples.remove();
  });

  it("are all run here", () => {
    const names = readdirSync(__dirname)
      .filter((name) => name.endsWith(".ts") && !/(^|\.)test(ing)?\.ts$/.test(name))
      .map((name) => name.replace(/\.ts$/, ""));

    expect([...Object.keys(outputs), ...interrupted]).to.have.members(names);
  });

  for (const [name, said] of Object.entries(outputs)) {
    it(`${name} prints what it promises`, async () => {
      const program = examples.start(name);
      const ending = await program.ended;

      expect([...program.said, ending]).to.deep.equal([...said, "exit 0"]);
    });
  }

  it("ctrl-c cleans up after one Ctrl-C and ends by SIGINT", async () => {
    const program = examples.start("ctrl-c");
    await program.says("working; press Ctrl-C");
    await program.interrupt();

    expect(await program.ended).to.equal("SIGINT");
    expect(program.said.slice(0, 3)).to.deep.equal([
      "working; press Ctrl-C",
      "cleaned up",
      program.said.find((line) => line.startsWith("KeyboardInterrupt")),
    ]);
  });

  it("ctrl-c-caught goes on with another run after Ctrl-C", async () => {
    const program = examples.start("ctrl-c-caught");
    await program.says("working; press Ctrl-C");
    await program.interrupt();

    expect(await program.ended).to.equal("exit 3");
    expect(program.said).to.deep.equal(["working; press Ctrl-C", "goodbye"]);
  });

  it("tight-loop ends at the second Ctrl-C", async function () {
    if (!preemptive) this.skip();
    const program = examples.start("tight-loop");
    await program.says("spinning; press Ctrl-C twice");
    await program.interrupt();
    await program.interrupt();

    expect(await program.ended).to.equal("SIGINT");
  });

  it("ctrl-c cleans up without the native part, too, after a warning", async () => {
    const program = examples.start("ctrl-c", { ASYNCIO_NO_NATIVE: "1" });
    await program.says("working; press Ctrl-C");
    await program.interrupt();

    expect(await program.ended).to.equal("SIGINT");
    expect(program.said.join("\n")).to.match(/AsyncioWarning: the native part is not available/);
  });

  it("do the same in a terminal, where somebody types ^C", function () {
    if (!preemptive || spawnSync("python3", ["-c", "import pty"]).status !== 0) this.skip();
    const script = join(__dirname, "../bench/reference/terminal.py");
    const terminal = spawnSync("python3", [script, "--times", "3", examples.folder], {
      encoding: "utf8",
    });

    expect(terminal.stderr).to.equal("");
    expect(terminal.stdout).to.match(/^ctrl-c\.js +3 of 3 .*\ntight-loop\.js +3 of 3 .*\n$/);
    expect(terminal.status).to.equal(0);
  }).timeout(60_000);
});

function wordsIn(...files: readonly string[]): number {
  const texts = files.map((file) => readFileSync(join(__dirname, "..", file), "utf8"));
  return texts.join(" ").split(/\s+/).length;
}
