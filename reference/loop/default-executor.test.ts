import { expect } from "chai";
import {
  createTask,
  EventLoop,
  getRunningLoop,
  run,
  RuntimeError,
  runners,
  sleep,
  ThreadPoolExecutor,
  type Coroutine,
  type Executor,
  type Future,
} from "../index";
import { failureOf } from "../testing";

/** An executor whose jobs end when the test says so. */
class ManualExecutor implements Executor {
  readonly trace: string[] = [];
  finish: () => void = () => undefined;
  private readonly finished = new Promise<void>((resolve) => {
    this.finish = resolve;
  });

  async submit(): Promise<unknown> {
    await this.finished;
    this.trace.push("job ends");
    return "job's result";
  }

  async shutdown({ wait }: { readonly wait: boolean }): Promise<void> {
    this.trace.push(`shutdown, wait: ${String(wait)}`);
    if (wait) await this.finished;
  }

  async terminate(): Promise<void> {
    await this.shutdown({ wait: false });
  }
}

const submitting = function* (executor: Executor): Coroutine<number> {
  const loop = getRunningLoop();
  loop.setDefaultExecutor(executor);
  loop.runInExecutor(null, () => 1);
  yield* sleep(0);
  return 42;
};

describe("the default executor", () => {
  it("runs jobs in real threads, with their results and errors", async () => {
    const main = function* (): Coroutine<unknown[]> {
      const loop = getRunningLoop();
      const sum = yield* loop.runInExecutor(null, (a: number, b: number) => a + b, 2, 3);
      try {
        yield* loop.runInExecutor(null, () => {
          throw new RangeError("boom");
        });
      } catch (error) {
        return [sum, String(error)];
      }
      return [sum];
    };

    expect(await run(main())).to.deep.equal([5, "RangeError: boom"]);
  });

  it("knows the types of a function's arguments and result", async () => {
    const main = function* (): Coroutine<string> {
      const loop = getRunningLoop();
      const later = async (text: string): Promise<string> => Promise.resolve(text);
      // @ts-expect-error -- a number is no text
      loop.runInExecutor(null, later, 5);
      // @ts-expect-error -- nothing is known of what a module exports
      loop.runInExecutor(null, { module: "node:os", name: "cpus" }) satisfies Future<number>;
      return (yield* loop.runInExecutor(null, later, "typed")).toUpperCase();
    };

    expect(await run(main())).to.equal("TYPED");
  });

  it("is waited for at the end of a run from 3.9 on", async () => {
    const executor = new ManualExecutor();
    const running = run(submitting(executor)).then((result) => executor.trace.push(String(result)));
    setTimeout(() => {
      executor.finish();
    }, 5);
    await running;
    const old = new ManualExecutor();
    await runners("3.8").run(submitting(old));
    old.finish();

    expect(executor.trace).to.deep.equal([
      "shutdown, wait: true",
      "job ends",
      "shutdown, wait: false",
      "42",
    ]);
    expect(old.trace).to.deep.equal(["shutdown, wait: false"]);
  });

  it("is given up with a warning when the limit is reached", async () => {
    class Impatient extends EventLoop {
      override *shutdownDefaultExecutor(): Coroutine<void> {
        yield* super.shutdownDefaultExecutor(0.001);
      }
    }
    const executor = new ManualExecutor();
    const warned = new Promise<Error>((resolve) => process.once("warning", resolve));

    expect(await run(submitting(executor), { loopFactory: Impatient })).to.equal(42);

    expect((await warned).name).to.equal("RuntimeWarning");
    expect((await warned).message).to.contain("0.001 seconds");
    expect(executor.trace.slice(0, 2)).to.deep.equal([
      "shutdown, wait: true",
      "shutdown, wait: false",
    ]);
    executor.finish();
  });

  it("takes no jobs after it was shut down", async () => {
    const main = function* (): Coroutine<unknown> {
      const loop = getRunningLoop();
      yield* createTask(loop.shutdownDefaultExecutor());
      try {
        loop.runInExecutor(null, () => 1);
      } catch (error) {
        return error;
      }
      return null;
    };

    expect(await run(main())).to.be.instanceOf(RuntimeError);
  });

  it("refuses what is no executor, and leaves executors it is only lent alone", async () => {
    const lent = new ThreadPoolExecutor();
    const main = function* (): Coroutine<unknown> {
      const loop = getRunningLoop();
      expect(() => {
        loop.setDefaultExecutor({} as Executor);
      }).to.throw(TypeError);
      return yield* loop.runInExecutor(lent, () => "lent");
    };
    const twice = [await run(main()), await run(main())];
    await lent.shutdown({ wait: true });

    expect(twice).to.deep.equal(["lent", "lent"]);
    expect(await failureOf(() => lent.submit(() => 1))).to.be.instanceOf(Error);
  });
});
