import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { threadId } from "node:worker_threads";

import { expect } from "chai";

import { RuntimeError } from "../errors";
import { Program } from "../native/fixtures/program";
import { ThreadPoolExecutor, type Job } from "./executor";

describe("ThreadPoolExecutor", () => {
  let executor: ThreadPoolExecutor;
  let folder: string;

  beforeEach(() => {
    executor = new ThreadPoolExecutor({ maxWorkers: 2 });
    folder = mkdtempSync(join(tmpdir(), "executor-"));
  });
  afterEach(async () => {
    await executor.terminate();
    rmSync(folder, { recursive: true });
  });

  function file(name: string, text = ""): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  describe("runs a job that is", () => {
    const jobs: Record<string, () => Job> = {
      "an arrow function": () => (a: number, b: number) => a + b,
      "an async function": () =>
        async function (a: number, b: number) {
          await Promise.resolve();
          return a + b;
        },
      "a function that imports what it needs": () => async (a: number, b: number) => {
        const { format } = await import("node:util");
        return Number(format("%d", a + b));
      },
      "the default export of an ES module": () => ({
        module: pathToFileURL(file("job.mjs", "export default (a, b) => a + b")),
      }),
      "a named export of an ES module with top-level await": () => ({
        module: file("job.mjs", "export const add = await Promise.resolve((a, b) => a + b)"),
        name: "add",
      }),
      "a CommonJS module": () => ({ module: file("job.js", "module.exports = (a, b) => a + b") }),
      "a function of a CommonJS module": () => ({
        module: file("job.cjs", "exports.add = (a, b) => a + b"),
        name: "add",
      }),
      "a function of a TypeScript module, under ts-node": () => ({
        module: file("job.ts", "export const add = (a: number, b: number): number => a + b"),
        name: "add",
      }),
    };
    for (const [what, makeJob] of Object.entries(jobs)) {
      it(what, async () => {
        expect(await executor.submit(makeJob(), 40, 2)).to.equal(42);
      });
    }
  });

  it("runs jobs in other threads", async () => {
    const thread = await executor.submit(
      async () => (await import("node:worker_threads")).threadId,
    );
    expect(thread).to.be.a("number").that.does.not.equal(threadId);
  });

  it("starts threads when jobs need them, and no more than it may", async () => {
    expect(executor.activeThreads()).to.equal(0);
    await Promise.all([1, 2, 3, 4].map((n) => executor.submit((x: number) => x, n)));
    expect(executor.activeThreads()).to.equal(2);
  });

  it("passes arguments as they are at the time of the call", async () => {
    const list = new Map([["a", [1]]]);
    const result = executor.submit((map: Map<string, number[]>) => map, list);
    list.get("a")?.push(2);
    expect(await result).to.deep.equal(new Map([["a", [1]]]));
  });

  describe("brings back", () => {
    async function errorOf(job: Job): Promise<unknown> {
      return executor.submit(job).then(
        () => expect.fail("it should have thrown"),
        (error: unknown) => error,
      );
    }

    it("the class, message and stack of an error", async () => {
      const error = await errorOf(function thrower() {
        throw new RangeError("too far");
      });
      expect(error).to.be.instanceOf(RangeError).with.property("message", "too far");
      expect((error as Error).stack).to.match(/^RangeError: too far\n +at .*thrower/);
    });

    it("the name, cause and plain properties of an error of the program's own", async () => {
      const error = await errorOf(() => {
        class TooFar extends RangeError {
          override name = "TooFar";
          code = "E_FAR";
        }
        throw new TooFar("by a mile", { cause: new TypeError("no brakes") });
      });
      expect(error).to.be.instanceOf(RangeError);
      expect(error).to.include({ name: "TooFar", code: "E_FAR", message: "by a mile" });
      expect((error as Error).cause).to.be.instanceOf(TypeError);
    });

    it("all errors of an AggregateError", async () => {
      const error = await errorOf(() => Promise.any([Promise.reject(new TypeError("a"))]));
      expect(error).to.be.instanceOf(AggregateError);
      expect((error as AggregateError).errors[0]).to.be.instanceOf(TypeError);
    });

    it("what is thrown and is no error", async () => {
      expect(
        await errorOf(() => {
          throw { code: 7 }; // eslint-disable-line @typescript-eslint/only-throw-error -- the point of the test
        }),
      ).to.deep.equal({ code: 7 });
    });

    it("a TypeError for a result that cannot leave the thread", async () => {
      const error = await errorOf(() => () => 1);
      expect(error).to.be.instanceOf(TypeError);
      expect((error as Error).message).to.match(
        /^the result of a job cannot leave its thread: .*; return plain data instead$/,
      );
    });

    it("the names a module exports, if the wanted one is not among them", async () => {
      const module = file("job.js", "exports.ad = 1; exports.sub = () => 0;");
      expect(await errorOf({ module, name: "add" })).to.have.property(
        "message",
        `expected ${module} to export a function "add", but it exports ad, sub`,
      );
    });
  });

  describe("refuses at once", () => {
    const text = "text";
    const unfit: Record<string, [job: unknown, args: unknown[], message: RegExp]> = {
      "what is no job": [text, [], /^a job is a function, or \{ module, name \}/],
      null: [null, [], /^a job is a function/],
      "a built-in function": [Math.max, [], /^a bound or built-in function has no source/],
      "a bound function": [(() => 0).bind(null), [], /^a bound or built-in function has no source/],
      "a class": [Program, [], /^a class cannot be called as a job/],
      "a generator function": [
        function* () {
          yield 1;
        },
        [],
        /^a generator cannot come back/,
      ],
      "a method": [
        Object.values({
          method() {
            return 1;
          },
        })[0],
        [],
        /^a method cannot be sent/,
      ],
      "an argument that is a function": [
        (x: unknown) => x,
        [() => 0],
        /^an argument cannot cross .* plain data/,
      ],
    };
    for (const [what, [job, args, message]] of Object.entries(unfit)) {
      it(what, () => {
        expect(() => executor.submit(job as Job, ...args)).to.throw(TypeError, message);
        expect(executor.activeThreads()).to.equal(0);
      });
    }

    it("a number of workers that is none", () => {
      expect(() => new ThreadPoolExecutor({ maxWorkers: 0 })).to.throw(
        RangeError,
        "expected maxWorkers to be a positive integer, got 0",
      );
    });
  });

  describe("shutdown", () => {
    it("waits for running and queued jobs, and for the threads", async () => {
      const ended: number[] = [];
      const jobs = [1, 2, 3, 4, 5].map(async (n) => {
        ended.push((await executor.submit((x: number) => x, n)) as number);
      });

      await executor.shutdown({ wait: true });

      expect(executor.activeThreads()).to.equal(0);
      await Promise.all(jobs);
      expect(ended.sort()).to.deep.equal([1, 2, 3, 4, 5]);
    });

    it("takes no more jobs", async () => {
      await executor.shutdown({ wait: true });
      const refused = "cannot schedule new futures after shutdown";
      expect(() => executor.submit(() => 1)).to.throw(RuntimeError, refused);
    });

    it("may be called again, and lets jobs end if it does not wait", async () => {
      const job = executor.submit(() => 1);
      await executor.shutdown({ wait: false });
      await executor.shutdown({ wait: true });
      expect(await job).to.equal(1);
      expect(executor.activeThreads()).to.equal(0);
    });

    it("ends although jobs fail", async () => {
      const job = executor.submit(() => {
        throw new Error("no");
      });
      job.catch(() => undefined);
      await executor.shutdown({ wait: true });
      expect(executor.activeThreads()).to.equal(0);
    });
  });

  it("kills running jobs on terminate, and queued ones with them", async () => {
    const started = file("started");
    const spin: Job = async (path: string) => {
      (await import("node:fs")).writeFileSync(path, "yes");
      for (;;);
    };
    const jobs = [1, 2, 3].map((n) => executor.submit(spin, `${started}${n}`));
    const outcomes = Promise.allSettled(jobs);
    while (!isWritten(`${started}1`)) await new Promise(setImmediate);

    await executor.terminate();

    expect(executor.activeThreads()).to.equal(0);
    for (const outcome of await outcomes) {
      expect(outcome).to.have.nested.property(
        "reason.message",
        "the executor was terminated before the job ended",
      );
    }
  });

  it("runs the jobs that wait behind one that takes its thread down", async () => {
    const single = new ThreadPoolExecutor({ maxWorkers: 1 });
    const fatal = single.submit(() => process.exit(3));
    const next = single.submit(() => "ran");

    const failure = await fatal.catch((error: unknown) => error);

    expect(failure).to.have.property("message", "the thread of the job ended before the job did");
    expect(await next).to.equal("ran");
    await single.shutdown({ wait: true });
  });

  it("does not keep a process alive that has nothing else to do", async () => {
    const program = new Program([
      "-r",
      "ts-node/register/transpile-only",
      "-e",
      `const { ThreadPoolExecutor } = require(${JSON.stringify(join(__dirname, "executor.ts"))});
      new ThreadPoolExecutor().submit(() => 42).then(console.log);`,
    ]);
    expect(await program.ended, program.said.join("\n")).to.equal("exit 0");
    expect(program.said).to.deep.equal(["42"]);
  });
});

function isWritten(path: string): boolean {
  try {
    return readFileSync(path, "utf8") === "yes";
  } catch {
    return false;
  }
}
