import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { Package, Program } from "./native/fixtures/program";

const addonIsBuilt = existsSync(join(__dirname, "native/build/Release/interrupt.node"));

/** What stubborn.ts says after the run, if everything in its process still works. */
const aftermath = [
  "queued before: immediate microtask nextTick timeout",
  "intervals work",
  "local storage: clean",
  "next run: 42",
  "own listeners work",
  "console.log works",
  "console.error works",
];

/** Interrupts as soon as each of the lines was said. */
type Presses = readonly string[];

const once: Presses = ["ready"];
const twice: Presses = ["ready", "ready"];

describe("watchInterrupts", () => {
  let programs: Package;
  before(() => {
    programs = new Package();
  });
  after(() => {
    programs.remove();
  });

  /** Presses Ctrl-C and returns what main did, when all the rest is as it should be. */
  async function stop(
    way: string,
    presses: Presses,
    env: NodeJS.ProcessEnv = {},
  ): Promise<string[]> {
    const program = programs.start("stubborn", [way], env);
    for (const line of presses) {
      await program.says(line);
      await program.interrupt();
    }
    await program.tell();
    const end = await program.ended;
    const said = program.said.filter((line) => !/^x+$|AsyncioWarning|--trace-warnings/.test(line));
    // The two streams of a console have no order between them.
    expect(said).to.include.members(aftermath);
    expect(end, "how it ended, without any listener").to.equal("SIGINT");
    return said.filter((line) => !aftermath.includes(line));
  }

  /** Runs a script that finds the module in `interrupts`, and returns the lines it printed. */
  async function script(text: string, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
    const program = startScript(text, env);
    expect(await program.ended, program.said.join("\n")).to.equal("exit 0");
    return program.said;
  }

  function startScript(text: string, env: NodeJS.ProcessEnv = {}): Program {
    const preamble = `const interrupts = require(process.env.INTERRUPT_MODULE);
      const press = () => process.kill(process.pid, "SIGINT");\n`;
    const modules = {
      INTERRUPT_MODULE: programs.interruptModule,
      COUNTER_MODULE: programs.counterModule,
    };
    return new Program(["-e", preamble + text], { ...env, ...modules });
  }

  function forEveryBuild(title: string, test: (env: NodeJS.ProcessEnv) => Promise<void>): void {
    it(title, async function () {
      if (!addonIsBuilt) this.skip();
      await test({});
    });
    it(`${title}, without the native part`, () => test({ ASYNCIO_NO_NATIVE: "1" }));
  }

  describe("the first SIGINT", () => {
    forEveryBuild("wakes a loop that waits, and lets main clean up", async (env) => {
      expect(await stop("waits for ever", once, env)).to.deep.equal([
        "ready",
        "raised Cancelled",
        "cleaned up",
        "run raised Interrupted",
      ]);
    });

    forEveryBuild("lets the step end in which it comes", async (env) => {
      expect(await stop("long step", once, env)).to.deep.equal([
        "ready",
        "step ends",
        "cleaned up",
        "run raised Interrupted",
      ]);
    });

    forEveryBuild("does not drown in other work", async (env) => {
      expect(await stop("is one of many", once, env)).to.deep.equal([
        "ready",
        "cleaned up",
        "run raised Interrupted",
      ]);
    });
  });

  describe("the second SIGINT", () => {
    forEveryBuild("ends the run of a main that swallows the first", async (env) => {
      expect(await stop("swallows", ["ready", "swallowed"], env)).to.deep.equal([
        "ready",
        "swallowed",
        "run raised Interrupted",
      ]);
    });

    forEveryBuild("does not wait for cleanup", async (env) => {
      const presses = ["ready", "cleaning up"];
      expect(await stop("waits for ever in its cleanup", presses, env)).to.deep.equal([
        "ready",
        "cleaning up",
        "run raised Interrupted",
      ]);
    });
  });

  describe("a listener that is added to process.on('SIGINT') during the run", () => {
    forEveryBuild("is called as well", async (env) => {
      expect(await stop("has a listener beside it", once, env)).to.deep.equal([
        "ready",
        "listener called",
        "cleaned up",
        "run raised Interrupted",
      ]);
    });

    forEveryBuild("may go again", async (env) => {
      expect(await stop("had a listener beside it", once, env)).to.deep.equal([
        "ready",
        "cleaned up",
        "run raised Interrupted",
      ]);
    });

    forEveryBuild("may outlive the run", async (env) => {
      const said = await stop("leaves a listener behind", once, env);
      expect(said.slice(0, 1)).to.deep.equal(["ready"]);
    });
  });

  forEveryBuild("leaves SIGINT alone where somebody listens already", async (env) => {
    const said = await script(
      `process.on("SIGINT", () => {});
      console.log(interrupts.watchInterrupts(() => {}), interrupts.isInterruptHandlerInstalled());`,
      env,
    );
    expect(said[0]).to.equal("null false");
  });

  forEveryBuild("watches for one run at a time, and counts afresh for each", async (env) => {
    const said = await script(
      `(async () => {
        for (const run of [1, 2]) {
          let release;
          await new Promise((interrupted) => {
            release = interrupts.watchInterrupts((count) => interrupted(console.log(run, count)));
            console.log(interrupts.watchInterrupts(() => {}), interrupts.isInterruptHandlerInstalled());
            press();
          });
          release();
          release();
          console.log(interrupts.isInterruptHandlerInstalled());
        }
      })();`,
      env,
    );
    const lines = said.filter((line) => !/Warning|--trace-warnings/.test(line));
    expect(lines).to.deep.equal(["null true", "1 1", "false", "null true", "2 1", "false"]);
  });

  forEveryBuild("keeps the process alive until SIGINT is given back", async (env) => {
    const said = await script(
      `const release = interrupts.watchInterrupts(() => { console.log("interrupted"); release(); });
      setTimeout(() => console.log("later"), 20).unref();
      setTimeout(press, 40).unref();`,
      env,
    );
    expect(said).to.include.members(["later", "interrupted"]);
  });

  forEveryBuild("does nothing in a worker thread", async (env) => {
    const said = await script(
      `const code = \`
        const { watchInterrupts, preemptive } = require(process.env.INTERRUPT_MODULE);
        console.log(watchInterrupts(() => {}), preemptive);
      \`;
      new (require("worker_threads").Worker)(code, { eval: true });`,
      env,
    );
    expect(said).to.deep.equal(["null false"]);
  });

  describe("without the native part", () => {
    const env = { ASYNCIO_NO_NATIVE: "1" };

    it("says once what is lost", async () => {
      const said = await script(
        `process.on("warning", ({ name, message }) => console.log(name + ": " + message));
        console.log(interrupts.preemptive);
        for (let i = 0; i < 3; i++) interrupts.watchInterrupts(() => {})();`,
        { ...env, NODE_NO_WARNINGS: "1" },
      );
      expect(said).to.deep.equal([
        "false",
        "AsyncioWarning: the native part is not available (switched off by ASYNCIO_NO_NATIVE): Ctrl+C can cancel the " +
          "main task, but it cannot stop a coroutine that never awaits; use Ctrl+\\ (SIGQUIT) for that",
      ]);
    });
  });

  describe("with the native part", () => {
    before(function () {
      if (!addonIsBuilt) this.skip();
    });

    const neverYielding = [
      "empty loop",
      "catch-all loop",
      "regular expression",
      "Atomics.wait",
      "WebAssembly",
      "array callback",
      "getter",
      "proxy trap",
      "promise executor",
      "async function",
      "nested vm",
      "vm with timeout",
      "eval",
      "deep stack",
      "optimised code",
      "allocation",
      "AsyncResource scope",
      "AsyncLocalStorage scope",
      "console.log",
      "console.error",
      "timers",
      "event emitter",
      "file system",
      "crypto",
      "step that gets both",
      "is not the one that spins",
    ];
    for (const way of neverYielding) {
      it(`the second SIGINT stops at once: ${way}`, async () => {
        expect(await stop(way, twice)).to.deep.equal(["ready", "run raised Interrupted"]);
      });
    }

    it("tells of a SIGINT that comes during the last step before the run ends", async () => {
      expect(await stop("long last step", once)).to.deep.equal(["ready", "run raised Interrupted"]);
    });

    it("tells the watcher between two steps, not when the event loop is next idle", async () => {
      const said = await script(
        `const release = interrupts.watchInterrupts((count) => console.log("told", count));
        interrupts.runTurn(() => {
          console.log("stop:", interrupts.runUserCode(() => { press(); console.log("step ends"); }));
          console.log("stop:", interrupts.runUserCode(() => {}));
          console.log("stop:", interrupts.runUserCode(() => { press(); for (;;); }));
        });
        release();`,
      );
      expect(said).to.deep.equal(["step ends", "told 1", "stop: false"]);
    });

    it("tells the watcher of the second SIGINT before the caller", async () => {
      const said = await script(
        `const release = interrupts.watchInterrupts((count) => console.log("told", count));
        press();
        const pressInNodesOwnCode = process.kill.bind(process, process.pid, "SIGINT"); // where nothing is killed
        interrupts.runTurn(() => {
          const stop = interrupts.runUserCode(pressInNodesOwnCode);
          console.log("stop:", stop);
        });
        release();`,
      );
      expect(said).to.deep.equal(["told 2", "stop: true"]);
    });

    it("misses no SIGINT while listeners come and go", async () => {
      const said = await script(
        `let told = 0, heard = 0;
        const release = interrupts.watchInterrupts((count) => { told = count; });
        const listener = () => { heard++; };
        const notice = () => interrupts.runTurn(() => interrupts.runUserCode(() => {}));
        for (let i = 0; i < 300; i++) {
          process.on("SIGINT", listener);
          press();
          process.off("SIGINT", listener);
          press();
          notice();
        }
        console.log(told);
        process.on("SIGINT", listener);
        press();
        setTimeout(() => { console.log(heard); process.off("SIGINT", listener); release(); }, 5);`,
      );
      expect(said).to.deep.equal(["600", "1"]);
    });

    it("lets exceptions of the event loop itself pass", async () => {
      const said = await script(
        `const release = interrupts.watchInterrupts(() => {});
        try { interrupts.runTurn(() => { throw new RangeError("mine"); }); } catch (e) { console.log(e.message); }
        release();`,
      );
      expect(said).to.deep.equal(["mine"]);
    });

    it("never cuts the library's own code in half", async () => {
      const said = await script(
        `const { work, state } = require(process.env.COUNTER_MODULE);
        for (let i = 0; i < 20; i++) {
          const release = interrupts.watchInterrupts(() => {});
          press(); 
          const killed = interrupts.runTurn(() => interrupts.runUserCode(() => { press(); for (;;) work(); }));
          if (!killed) console.log("not killed");
          release();
        }
        console.log(JSON.stringify(state()));`,
      );
      expect(JSON.parse(said.join())).to.deep.equal({ begun: true, halves: 0 });
    });

    it("passes a SIGINT on that nobody was told of when it gives SIGINT back", async () => {
      const program = startScript(
        `const release = interrupts.watchInterrupts(() => {});
        press();
        release();
        setTimeout(() => console.log("not reached"), 5000);`,
      );
      expect(await program.ended).to.equal("SIGINT");
      expect(program.said).to.deep.equal([]);
    });

    it("lets the process be ended when it is stuck where nothing can be stopped", async () => {
      const program = startScript(
        `interrupts.watchInterrupts(() => {});
        console.log("ready");
        for (;;);`,
      );
      await program.says("ready");
      let ended = "";
      void program.ended.then((end) => {
        ended = end;
      });
      while (ended === "") await program.interrupt();
      expect(ended).to.equal("SIGINT");
    });

    it("works from TypeScript sources, too", async () => {
      const program = new Program([
        "-r",
        "ts-node/register/transpile-only",
        "-e",
        `const interrupts = require(${JSON.stringify(join(__dirname, "interrupt.ts"))});
        const release = interrupts.watchInterrupts(() => {});
        const killed = interrupts.runTurn(() => interrupts.runUserCode(() => { console.log("ready"); for (;;); }));
        release();
        console.log("killed:", killed);`,
      ]);
      await program.says("ready");
      await program.interrupt();
      await program.interrupt();
      expect(await program.ended).to.equal("exit 0");
      expect(program.said).to.deep.equal(["ready", "killed: true"]);
    });

    it("leaves nothing behind, however often it watches", async () => {
      const program = programs.start("watches", ["2000"]);
      await program.ended;
      expect(program.said.slice(0, 2)).to.deep.equal(["threads: 0", "files: 0"]);
      expect(Number(program.said[2]?.split(": ")[1])).to.be.lessThan(20);
    });

    for (const spacing of [
      ["200", "3000"],
      ["1", "30"],
    ]) {
      it(`survives a storm of SIGINTs ${spacing.join(" to ")} microseconds apart`, async () => {
        const program = programs.start("storm", ["3", ...spacing]);
        expect(await program.ended, program.said.join("\n")).to.equal("exit 0");
        expect(program.said).to.include("code that must not be killed: unharmed");
        expect(program.said.at(-1)).to.equal("done");
      });
    }
  });
});
