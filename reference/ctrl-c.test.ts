import { expect } from "chai";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { preemptive } from "./interrupt";

/** How a program ended, and what it said. */
interface Ending {
  readonly said: readonly string[];
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs `body` in a process of its own and sends it SIGINT whenever it says "interrupt me". The program comes from the
 * command line: code in files of this folder counts as ours, and is never killed.
 */
function play(body: string): Promise<Ending> {
  const source = `
    const { run, Runner, runners, sleep, createTask, currentTask, getRunningLoop, isCancelled, interruptHandling } =
      require(${JSON.stringify(join(__dirname, "index"))});
    const { writeSync } = require("node:fs");
    const say = (text) => void writeSync(1, String(text) + "\\n");
    const forever = () => getRunningLoop().createFuture();
    void (async () => {${body}})();`;
  const args = ["-r", "ts-node/register/transpile-only", "-e", source];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (data: Buffer) => {
    text += data.toString();
    if (data.includes("interrupt me")) child.kill("SIGINT");
  });
  return new Promise((resolve) => {
    child.on("close", (_code, signal) => {
      const said = text.split("\n").filter((line) => line !== "" && line !== "interrupt me");
      resolve({ said, signal });
    });
  });
}

const cases: Record<string, [body: string, ...said: string[]]> = {
  "cancels main first, lets it clean up, and ends in KeyboardInterrupt": [
    `function* main() {
       say("interrupt me");
       try { yield* forever(); } catch (error) {
         say("cancelled " + isCancelled(error) + ", requests " + currentTask().cancelling());
         yield* sleep(0);
         say("cleaned up");
         throw error;
       }
     }
     await run(main()).catch(say);
     say(interruptHandling());`,
    "cancelled true, requests 1",
    "cleaned up",
    "KeyboardInterrupt",
    "null",
  ],
  "gives main's value when main swallows the cancellation": [
    `function* main() {
       say("interrupt me");
       try { yield* forever(); } catch { return 5; }
     }
     say(await run(main()));`,
    "5",
  ],
  "is graceful in each run anew": [
    `function* main() { say("interrupt me"); yield* forever(); }
     const runner = new Runner();
     await runner.run(main()).catch(say);
     await runner.run(main()).catch(say);
     await runner.close();`,
    "KeyboardInterrupt",
    "KeyboardInterrupt",
  ],
  "ends the run at once the second time, and main goes on in the next run": [
    `let release;
     function* main() {
       say("interrupt me");
       try { yield* forever(); } catch {
         say("interrupt me");
         release = forever();
         yield* release;
         say("went on");
       }
     }
     function* next() { release.setResult(); yield* sleep(0); yield* sleep(0); }
     const runner = new Runner();
     await runner.run(main()).catch(say);
     await runner.run(next());
     await runner.close();`,
    "KeyboardInterrupt",
    "went on",
  ],
  "raises KeyboardInterrupt while leftovers are cancelled, with the runner's handler gone": [
    `function* leftover() {
       try { yield* forever(); } finally { say(interruptHandling()); say("interrupt me"); yield* forever(); }
     }
     function* main() { createTask(leftover()); yield* sleep(0); return getRunningLoop(); }
     await run(main()).catch(say);`,
    "plain",
    "KeyboardInterrupt",
  ],
  "gives way to an error that main raises in the very step it came in": [
    `function* main() {
       say("interrupt me");
       const start = Date.now();
       while (Date.now() - start < 200);
       throw new RangeError("boom");
     }
     await run(main()).catch(say);`,
    "RangeError: boom",
  ],
  "beats a value that main returns in the very step it came in": [
    `function* main() {
       say("interrupt me");
       const start = Date.now();
       while (Date.now() - start < 200);
       return 5;
     }
     await run(main()).then(say, say);`,
    "KeyboardInterrupt",
  ],
  "raises KeyboardInterrupt between main's end and the shutdown, in whatever edition": [
    `for (const edition of ["3.9", "3.15"]) {
       let asked = 0;
       function* leftover() { try { yield* forever(); } finally { yield* sleep(0.05); } }
       function* main() {
         const loop = getRunningLoop();
         const ask = loop.hasNothingToShutDown;
         loop.hasNothingToShutDown = function () {
           if (++asked === 2) process.kill(process.pid, "SIGINT");
           return ask.call(this);
         };
         createTask(leftover());
         yield* sleep(0);
       }
       await runners(edition).run(main()).catch(say);
       say(asked + " " + interruptHandling());
     }`,
    ...["KeyboardInterrupt", "2 null", "KeyboardInterrupt", "2 null"],
  ],
  "ends the wait for the default executor": [
    `let loop;
     function* main() {
       loop = getRunningLoop();
       loop.runInExecutor(null, (shared) => void Atomics.wait(shared, 0, 0), gate);
       yield* sleep(0);
       setTimeout(say, 100, "interrupt me");
     }
     const gate = new Int32Array(new SharedArrayBuffer(4));
     await run(main()).catch(say);
     say(loop.isClosed());
     Atomics.store(gate, 0, 1);
     Atomics.notify(gate, 0);`,
    "KeyboardInterrupt",
    "true",
  ],
  "comes straight out of the loop in 3.10": [
    `function* main() {
       say("interrupt me");
       try { yield* forever(); } catch (error) { say("shutdown cancels " + isCancelled(error)); return 5; }
     }
     await runners("3.10").run(main()).catch(say);`,
    "shutdown cancels true",
    "KeyboardInterrupt",
  ],
  "is left to a listener that main installs": [
    `function* main() {
       const heard = forever();
       process.once("SIGINT", () => { say("heard"); heard.setResult(5); });
       say("interrupt me");
       return yield* heard;
     }
     say(await run(main()));`,
    "heard",
    "5",
  ],
  "is left to a handler of the loop, which goes with the loop": [
    `function* main() {
       const heard = forever();
       getRunningLoop().addSignalHandler("SIGINT", () => heard.setResult(5));
       say("interrupt me");
       return yield* heard;
     }
     say(await run(main()));
     say(process.listenerCount("SIGINT"));`,
    "5",
    "0",
  ],
};

describe("Ctrl-C", () => {
  for (const [what, [body, ...said]] of Object.entries(cases)) {
    it(what, async () => {
      expect(await play(body)).to.deep.equal({ said, signal: null });
    });
  }

  it("ends the process by SIGINT when nobody catches it", async () => {
    const ending = await play(
      `function* main() { say("interrupt me"); yield* forever(); }
       await run(main());`,
    );

    expect(ending).to.deep.equal({ said: [], signal: "SIGINT" });
  });

  it("stops main in a tight loop the second time, and the program goes on", async function () {
    if (!preemptive) this.skip();
    const ending = await play(
      `function* main() {
         say("interrupt me");
         const start = Date.now();
         while (Date.now() - start < 200);
         say("interrupt me");
         for (;;);
       }
       await run(main()).catch(say);
       say(await run(sleep(0, "next run")));`,
    );

    expect(ending).to.deep.equal({ said: ["KeyboardInterrupt", "next run"], signal: null });
  });
});
