import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { ops } from "../../protocol/ops";
import type { FromAdapter } from "../../protocol/messages";
import type { PuppetValue, Value } from "../../protocol/values";
import { adapterScript, locate, Peer, pythons } from "./testing";

const main: PuppetValue = { puppet: 1, kind: "coroutine" };
const started = { type: "step", puppet: 1, activation: 1, outcome: { started: [] } };
const returned = (value: Value) => ({ type: "returned", value });

for (const version of pythons) {
  describe(`the Python adapter on ${version}`, function () {
    this.timeout(60_000);
    let peer!: Peer;

    before(async function () {
      const interpreter = locate(version);
      if (interpreter === undefined) this.skip();
      peer = new Peer(interpreter);
      const hello = await peer.receive();
      expect(hello).to.deep.include({ type: "hello", protocol: 1, editions: [version] });
    });

    after(async () => {
      // Without the interpreter everything here was skipped and there is nobody to hang up on.
      const code = await (peer as Peer | undefined)?.hangUp();
      expect(code ?? 0).to.equal(0);
    });

    it("hands a value through a run", async () => {
      await peer.open();

      expect(await peer.call("asyncio.run", { args: [main] })).to.deep.equal(started);
      expect(await peer.ask({ type: "finish", value: "nonce-7" })).to.deep.equal(
        returned("nonce-7"),
      );
      await closed(peer);
    });

    it("awaits natively and keeps the identity of exceptions", async () => {
      await peer.open();
      await peer.call("asyncio.run", { args: [main] });
      const task = valueOf(await peer.call("asyncio.current_task"));
      expect(valueOf(await peer.call("asyncio.current_task"))).to.deep.equal(task);
      await peer.call("task.cancel", { on: task });

      const cancelled = raisedBy(
        await peer.ask({
          type: "await",
          value: valueOf(await peer.call("asyncio.sleep", { args: [60] })),
        }),
      );
      const escaped = raisedBy(await peer.ask({ type: "raise", exception: cancelled }));

      expect(cancelled.type).to.equal("CancelledError");
      expect(escaped.type).to.equal("CancelledError");
      if (since(version, 11)) expect(escaped.ref).to.equal(cancelled.ref);
      await closed(peer);
    });

    it("raises in spinning code what a signal handler raises", async () => {
      const pid = await peer.open();
      const recorder = valueOf(await peer.call("recorder.new"));
      await peer.call("signal.signal", { args: ["SIGINT", recorder] });
      await peer.call("asyncio.run", { args: [main] });
      peer.send({ type: "spin" });
      await peer.receive();
      process.kill(pid, "SIGINT");
      await notices(peer, 2);
      expect(await peer.ask({ type: "halt" })).to.deep.include({ outcome: { returned: null } });
      expect(valueOf(await peer.call("recorder.calls", { on: recorder }))).to.have.length(1);

      await peer.call("signal.signal", { args: ["SIGINT", "default_int_handler"] });
      peer.send({ type: "spin" });
      await peer.receive();
      process.kill(pid, "SIGINT");

      const interrupt = raisedBy(await peer.answer());
      expect(interrupt.type).to.equal("KeyboardInterrupt");
      const escaped = raisedBy(await peer.ask({ type: "raise", exception: interrupt }));
      expect(escaped.ref).to.equal(interrupt.ref);
      await closed(peer);
    });

    it("loses no message to a handler that raises while the harness has the floor", async () => {
      for (let i = 0; i < 20; i++) {
        const pid = await peer.open();
        process.kill(pid, "SIGINT");
        expect(raisedBy(await peer.call("object.new")).type).to.equal("KeyboardInterrupt");
        expect((await peer.call("object.new")).type).to.equal("returned");
        await closed(peer);
      }
    });

    it("finalises an async generator by its own step", async () => {
      await peer.open();
      await peer.call("asyncio.run", { args: [main] });
      const generator: PuppetValue = { puppet: 2, kind: "async-generator" };
      const next = valueOf(await peer.call("generator.anext", { on: generator }));
      expect(await peer.ask({ type: "await", value: next })).to.deep.include({ puppet: 2 });
      const yielded = await peer.ask({ type: "yield", value: 5 });
      expect(yielded).to.deep.include({ puppet: 1, outcome: { returned: 5 } });

      const closing = await peer.ask({ type: "finish", value: null });
      expect(closing).to.deep.include({ type: "step", puppet: 2 });
      expect(raisedBy(closing).type).to.equal("GeneratorExit");
      expect(await peer.ask({ type: "finish", value: null })).to.deep.equal(returned(null));
      await closed(peer);
    });

    it("knows the current loop without making one", async () => {
      await peer.open();
      expect(raisedBy(await peer.call("policy.get_event_loop")).type).to.equal("RuntimeError");
      await peer.call("asyncio.run", { args: [main] });
      expect(await peer.call("policy.get_event_loop")).to.deep.equal(
        await peer.call("asyncio.get_running_loop"),
      );
      await peer.ask({ type: "finish", value: null });
      expect(raisedBy(await peer.call("policy.get_event_loop")).type).to.equal("RuntimeError");
      await closed(peer);
    });

    it("keeps the floor with a thread until it ends, whatever interrupts the waiting one", async () => {
      const pid = await peer.open();
      const inThread: PuppetValue = { puppet: 3, kind: "function" };
      await peer.call("threading.run", { args: [inThread] });
      process.kill(pid, "SIGINT");
      expect((await peer.call("threading.active_count")).type).to.equal("returned");

      const outcome = raisedBy(await peer.ask({ type: "finish", value: 1 }));

      expect(outcome.type).to.equal("KeyboardInterrupt");
      expect(await peer.call("threading.active_count")).to.deep.equal(returned(1));
      await closed(peer);
    });

    it("records what a loop was asked", async () => {
      await peer.open();
      const loop = valueOf(await peer.call("recording.new"));
      await peer.call("loop.close", { on: loop });

      const calls = valueOf(await peer.call("recording.calls", { on: loop }));

      expect(calls).to.deep.equal([{ map: { method: "close", args: [], kwargs: { map: {} } } }]);
      await closed(peer);
    });

    it("runs jobs in the default executor and catches every warning", async () => {
      await peer.open();
      await peer.call("asyncio.run", { args: [main] });
      const loop = valueOf(await peer.call("asyncio.get_running_loop"));
      const job = valueOf(await peer.call("job.new", { kwargs: { then_return: "done" } }));
      const future = valueOf(
        await peer.call("loop.run_in_executor", { on: loop, args: [null, job] }),
      );
      expect(await peer.ask({ type: "await", value: future })).to.deep.include({
        outcome: { returned: "done" },
      });
      expect(await peer.call("job.state", { on: job })).to.deep.equal(returned("finished"));
      expect(await peer.call("warnings.caught")).to.deep.equal(returned([]));
      await closed(peer);
    });

    it("switches the global debug mode per session", async () => {
      for (const [globalDebug, expected] of [
        [undefined, false],
        ["environment", true],
        ["dev-mode", true],
      ] as const) {
        await peer.open(globalDebug);
        const loop = valueOf(await peer.call("asyncio.new_event_loop"));
        expect(await peer.call("loop.get_debug", { on: loop })).to.deep.equal(returned(expected));
        await closed(peer);
      }
    });

    it("says how a session died and opens the next one", async () => {
      const pid = await peer.open();
      process.kill(pid, "SIGSEGV");
      expect(await peer.answer()).to.deep.equal({ type: "died", code: null, signal: "SIGSEGV" });

      expect(await peer.open()).to.not.equal(pid);
      await closed(peer);
    });

    it("keeps what the subject prints off the channel", async () => {
      await peer.open();
      expect(await peer.call("stream.print", { args: ["noise-7"] })).to.deep.equal(returned(null));
      await closed(peer);
      expect(peer.stderr).to.contain("noise-7");
    });

    it("refuses what makes no sense and stays usable", async () => {
      await peer.open();
      const refused = [
        await peer.call("loop.dance"),
        await peer.call("loop.close", { on: { ref: 99, kind: "loop" } }),
        await peer.ask({ type: "finish", value: null }),
      ];
      expect(refused).to.deep.equal([
        { type: "adapter-error", message: "loop.dance: unknown operation" },
        { type: "adapter-error", message: "loop.close: unknown reference 99" },
        { type: "adapter-error", message: "cannot do 'finish' here" },
      ]);
      await closed(peer);
    });
  });
}

describe("the Python adapter", function () {
  this.timeout(60_000);
  let interpreter: string;
  let folder: string;

  before(() => {
    interpreter = locate("3.13") ?? locate("3.12") ?? locate("3.11") ?? "python3";
  });
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "adapter-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("knows exactly the operations of the protocol", () => {
    const program =
      "import json, sys; sys.path.insert(0, sys.argv[1]); from conformance_adapter.ops import OPERATIONS as o;" +
      "print(json.dumps({name: o[name].needs for name in o}))";
    const known: unknown = JSON.parse(
      execFileSync(interpreter, ["-c", program, path.dirname(adapterScript)], { encoding: "utf8" }),
    );

    const expected = Object.entries(ops).map(([name, op]) => [
      name,
      "needs" in op ? op.needs : null,
    ]);
    expect(known).to.deep.equal(Object.fromEntries(expected));
  });

  const tooOld = ["2.7", "3.6"];
  for (const version of tooOld) {
    it(`tells Python ${version} that it is too old`, async function () {
      const old = locate(version);
      if (old === undefined) this.skip();
      const peer = new Peer(old);

      expect(await peer.ended).to.equal(3);
      expect(peer.stderr).to.match(/^this adapter needs Python 3\.7 or newer.*\n$/);
    });
  }

  const wrongOptions: Record<string, [string[], RegExp]> = {
    "a module that is not there": [
      ["--runner", "no_such_module:Runner"],
      /Traceback[^]*--runner no_such_module:Runner: importing no_such_module failed with ModuleNotFoundError/,
    ],
    "a name that is not there": [
      ["--run", "asyncio:no_such_run"],
      /--run asyncio:no_such_run: module asyncio has no no_such_run/,
    ],
    "a set-up that fails": [["--setup", "this_fails"], /ZeroDivisionError[^]*--setup this_fails/],
    "an exception of several lines": [
      ["--setup", "this_fails_at_length"],
      /\n--setup this_fails_at_length: importing \w+ failed with OSError: no licence ask for one\n$/,
    ],
    "an option without a colon": [["--run", "asyncio"], /expected MODULE:NAME or none/],
    "an edition nobody wrote": [["--editions", "3.99"], /expected editions out of 3\.7/],
  };
  for (const [mistake, [options, words]] of Object.entries(wrongOptions)) {
    it(`explains ${mistake} before hello`, async () => {
      writeFileSync(path.join(folder, "this_fails.py"), "1 / 0\n");
      const long = "raise OSError('no licence\\nask for one')\n";
      writeFileSync(path.join(folder, "this_fails_at_length.py"), long);
      const peer = new Peer(interpreter, ["--path", folder, ...options]);

      expect(await peer.ended).to.equal(3);
      expect(peer.stderr).to.match(words);
    });
  }

  it("drives a runner, a loop factory and a function entry point of somebody else", async () => {
    writeFileSync(
      path.join(folder, "theirs.py"),
      "import asyncio\n__version__ = '7.1'\nprint('imported noisily')\n" +
        "class Loop(asyncio.SelectorEventLoop):\n    pass\n" +
        "def run(function):\n    return asyncio.run(function())\n",
    );
    const options = ["--run", "theirs:run", "--loop-factory", "theirs:Loop"];
    const more = ["--call-style", "function", "--editions", "3.8,3.7", "--path", folder];
    const peer = new Peer(interpreter, [...options, ...more]);

    const hello = await peer.receive();
    expect(hello).to.deep.include({ editions: ["3.7", "3.8"] });
    if (hello.type !== "hello") throw new Error(hello.type);
    expect(hello.subject).to.deep.include({ name: "theirs", version: "7.1" });
    expect(hello.features).to.include("run").and.not.include("runner");
    await peer.open();
    await peer.call("asyncio.run", { args: [main] });
    const loop = valueOf(await peer.call("asyncio.get_running_loop"));
    const type = valueOf(await peer.call("object.type", { args: [loop] }));
    expect(type).to.have.property("kind", "class");
    expect(await peer.ask({ type: "finish", value: "n-1" })).to.deep.equal(returned("n-1"));
    expect(await peer.call("asyncio.Runner")).to.have.property("type", "unsupported");
    await closed(peer);
    expect(await peer.hangUp()).to.equal(0);
  });

  it("takes no loop for one with an executor that calls jobs in its own thread", async () => {
    writeFileSync(
      path.join(folder, "inline.py"),
      "import asyncio\n" +
        "class Loop(asyncio.SelectorEventLoop):\n" +
        "    def run_in_executor(self, executor, function, *args):\n" +
        "        done = self.create_future()\n" +
        "        done.set_result(function(*args))\n" +
        "        return done\n",
    );
    const peer = new Peer(interpreter, ["--loop-factory", "inline:Loop", "--path", folder]);

    const hello = await peer.receive();

    if (hello.type !== "hello") throw new Error(hello.type);
    expect(hello.features).to.include("threads").and.not.include("executor");
    await peer.hangUp();
  });

  it("runs one session where it may not fork", async () => {
    const peer = new Peer(interpreter, ["--isolation", "process"]);
    expect(await peer.receive()).to.deep.include({ isolation: "process" });
    await peer.open();
    await peer.call("asyncio.run", { args: [main] });
    expect(await peer.ask({ type: "finish", value: 3 })).to.deep.equal(returned(3));
    await closed(peer);
    expect(await peer.ended).to.equal(0);
  });

  it("takes a hanging session with it when the harness hangs up", async () => {
    const peer = new Peer(interpreter);
    await peer.receive();
    const pid = await peer.open();
    await peer.call("asyncio.run", { args: [main] });
    peer.send({
      type: "await",
      value: valueOf(await peer.call("asyncio.sleep", { args: [600] })),
    });

    expect(await peer.hangUp()).to.equal(0);
    expect(() => process.kill(pid, 0)).to.throw("ESRCH");
  });
});

async function closed(peer: Peer): Promise<void> {
  expect(await peer.ask({ type: "close" })).to.deep.equal({ type: "closed" });
}

async function notices(peer: Peer, count: number): Promise<void> {
  for (let i = 0; i < count; i++) expect((await peer.receive()).type).to.equal("notice");
}

function valueOf(message: FromAdapter): Value {
  if (message.type !== "returned") throw new Error(`expected a value, got ${shown(message)}`);
  return message.value;
}

function raisedBy(message: FromAdapter) {
  if (message.type === "raised") return message.exception;
  if (message.type === "step" && "raised" in message.outcome) return message.outcome.raised;
  throw new Error(`expected an exception, got ${shown(message)}`);
}

const shown = (message: FromAdapter): string => JSON.stringify(message);

const since = (version: string, minor: number): boolean => Number(version.split(".")[1]) >= minor;
