/* eslint-disable require-yield -- a coroutine need not await anything */
import { expect } from "chai";
import {
  allTasks,
  awaitPromise,
  Context,
  ContextVar,
  copyContext,
  coroutineState,
  createTask,
  currentTask,
  EventLoop,
  getEventLoop,
  getRunningLoop,
  newEventLoop,
  run,
  Runner,
  RuntimeError,
  setEventLoop,
  sleep,
  type Coroutine,
  type ExceptionContext,
} from "./index";
import { failureOf, rejectionOf } from "./testing";

function* main(): Coroutine<number> {
  yield* sleep(0);
  return 42;
}

afterEach(() => {
  setEventLoop(null);
});

describe("Runner", () => {
  it("makes its loop when it is entered, asked for it or run, and not before", async () => {
    for (const use of [
      (runner: Runner) => runner.enter(),
      (runner: Runner) => runner.getLoop(),
      (runner: Runner) => runner.run(main()),
    ]) {
      let made = 0;
      const loopFactory = (): EventLoop => {
        made++;
        return new EventLoop();
      };
      const runner = new Runner({ loopFactory });
      await runner.close();
      const before = made;
      await use(runner);
      await use(runner);
      expect([before, made]).to.deep.equal([0, 1]);
      await runner.close();
    }
  });

  it("runs several times on one loop and in one context, which the caller does not see", async () => {
    const variable = new ContextVar("runs", { default: 0 });
    const loops = new Set<EventLoop>();
    const count = function* (): Coroutine<number> {
      loops.add(getRunningLoop());
      variable.set(variable.get() + 1);
      return variable.get();
    };
    await using runner = new Runner();

    const counts = [await runner.run(count()), await runner.run(count())];

    expect(counts).to.deep.equal([1, 2]);
    expect(variable.get()).to.equal(0);
    expect([...loops]).to.deep.equal([runner.getLoop()]);
  });

  it("runs in the very context it is given, for that run", async () => {
    const variable = new ContextVar("context", { default: "runner's" });
    const context = copyContext();
    context.run(() => variable.set("given"));
    const swap = function* (): Coroutine<string> {
      const before = variable.get();
      variable.set("changed");
      return before;
    };
    await using runner = new Runner();

    const seen = [
      await runner.run(swap(), { context }),
      context.get(variable),
      await runner.run(swap(), { context: null }),
    ];

    expect(seen).to.deep.equal(["given", "changed", "runner's"]);
  });

  it("refuses a context that is no context or is entered, and stays usable", async () => {
    await using runner = new Runner();
    const context = new Context();
    const coroutine = main();

    const wrong = runner.run(coroutine, { context: 5 as never });
    expect(await rejectionOf(wrong)).to.match(/^TypeError: .* got 5/);
    const entered = context.run(() => runner.run(coroutine, { context }));
    expect(await rejectionOf(entered)).to.match(/^RuntimeError: .* already entered/);
    expect(coroutineState(coroutine)).to.equal("CORO_CREATED");
    expect(await runner.run(coroutine, { context })).to.equal(42);
  });

  it("takes its options by name, and only those it has", async () => {
    const make = Runner as unknown as new (...args: unknown[]) => Runner;
    expect(() => new make(true)).to.throw(TypeError, "by name");
    expect(() => new make({}, 1)).to.throw(TypeError, "too many");
    expect(() => new make({ factory: null })).to.throw(TypeError, "unexpected option 'factory'");
    const runner = new Runner();
    const run = runner.run.bind(runner) as (...args: unknown[]) => Promise<unknown>;
    expect(await rejectionOf(run(main(), new Context()))).to.match(/^TypeError: .* by name/);
    expect(await rejectionOf(run())).to.match(/^TypeError: .* needs a coroutine/);
  });

  it("is closed once and for all", async () => {
    const runner = new Runner();
    const loop = runner.getLoop();
    await Promise.all([runner.close(), runner.close()]);
    const coroutine = main();

    expect(loop.isClosed()).to.equal(true);
    for (const use of [() => runner.getLoop(), () => runner.enter()]) {
      expect(use).to.throw(RuntimeError, "the runner is closed");
    }
    for (const refused of [runner.run(coroutine), runner.use(() => 1)]) {
      expect(await rejectionOf(refused)).to.equal("RuntimeError: the runner is closed");
    }
    expect(coroutineState(coroutine)).to.equal("CORO_CREATED");
    await runner.close();
  });

  it("closes in order: leftovers, generators, executor, loop; use() also after an error", async () => {
    const trace: string[] = [];
    class Recording extends EventLoop {
      override *shutdownAsyncgens(): Coroutine<void> {
        trace.push("asyncgens");
        yield* super.shutdownAsyncgens();
      }
      override *shutdownDefaultExecutor(timeout?: number | null): Coroutine<void> {
        trace.push(`executor ${String(timeout)}`);
        yield* super.shutdownDefaultExecutor(timeout);
      }
      override close(): void {
        trace.push("close");
        super.close();
      }
    }
    const leftover = function* (): Coroutine<void> {
      try {
        yield* sleep(60);
      } finally {
        yield* sleep(0);
        trace.push("leftover");
      }
    };
    const error = new Error("boom");
    const failing = function* (): Coroutine<void> {
      createTask(leftover());
      yield* sleep(0);
      throw error;
    };

    const raised = await failureOf(() => run(failing(), { loopFactory: Recording }));

    expect(raised).to.equal(error);
    expect(trace).to.deep.equal(["leftover", "asyncgens", "executor 300", "close"]);
  });

  it("closes the loop when a shutdown step fails, and keeps the earlier error as the cause", async () => {
    const later = new Error("later");
    class Failing extends EventLoop {
      override *shutdownAsyncgens(): Coroutine<void> {
        throw later;
      }
    }
    const earlier = new Error("earlier");
    const runner = new Runner({ loopFactory: Failing });
    const loop = runner.getLoop();

    const raised = await failureOf(() =>
      runner.use(() => {
        throw earlier;
      }),
    );

    expect(raised).to.equal(later).and.have.property("cause", earlier);
    expect(loop.isClosed()).to.equal(true);
    await runner.close();
  });

  it("reports what leftovers raise, and returns main's result all the same", async () => {
    const reported: ExceptionContext[] = [];
    const stubborn = function* (): Coroutine<void> {
      try {
        yield* sleep(60);
      } finally {
        throw error; // eslint-disable-line no-unsafe-finally -- the case under test
      }
    };
    const error = new Error("boom");
    const leaving = function* (): Coroutine<number> {
      getRunningLoop().setExceptionHandler((_loop, context) => reported.push(context));
      createTask(stubborn());
      createTask(sleep(60));
      yield* sleep(0);
      return 5;
    };

    expect(await run(leaving())).to.equal(5);
    expect(reported.map(({ exception }) => exception)).to.deep.equal([error]);
    expect(reported[0]?.message).to.contain("shutdown");
  });

  it("says what a loop factory does wrong, and can be used again", async () => {
    const results: unknown[] = [new Error("boom"), 5, new EventLoop()];
    const loopFactory = (): EventLoop => {
      const result = results.shift();
      if (result instanceof Error) throw result;
      return result as EventLoop;
    };
    await using runner = new Runner({ loopFactory });
    const coroutine = main();

    expect(await rejectionOf(runner.run(coroutine))).to.equal("Error: boom");
    expect(await rejectionOf(runner.run(coroutine))).to.match(/^TypeError: .* got 5/);
    expect(await runner.run(coroutine)).to.equal(42);
    expect(() => new Runner({ loopFactory: 5 as never }).enter()).to.throw(TypeError, "got 5");
  });

  it("makes its own loop current, and leaves that alone with a factory", async () => {
    const mine = newEventLoop();
    setEventLoop(mine);
    const runner = new Runner({ loopFactory: newEventLoop });
    runner.enter();
    const withFactory = getEventLoop() === mine;
    await runner.close();
    await using own = new Runner().enter();
    const isOwn = getEventLoop() === own.getLoop();
    await own.close();

    expect([withFactory, isOwn, mine.isClosed()]).to.deep.equal([true, true, false]);
    expect(getEventLoop).to.throw(RuntimeError, "no current event loop");
    mine.close();
  });

  it("fails when main stops the loop, and main goes on in the next run", async () => {
    const runner = new Runner();
    const trace: string[] = [];
    const stopping = function* (): Coroutine<void> {
      getRunningLoop().stop();
      yield* sleep(0);
      trace.push("went on");
    };

    const error = await failureOf(() => runner.run(stopping()));
    await runner.run(main());
    await runner.close();

    expect(String(error)).to.contain("stopped before");
    expect(trace).to.deep.equal(["went on"]);
  });

  it("cannot be closed while its own loop runs; another one is closed with an error", async () => {
    const runner = new Runner();
    const other = new Runner();
    const loop = other.getLoop();
    const closing = function* (): Coroutine<string[]> {
      const errors = [runner, other].map((each) => failureOf(() => each.close()));
      return (yield* awaitPromise(Promise.all(errors))).map(String);
    };

    const errors = await runner.run(closing());

    expect(errors[0]).to.contain("while its loop is running");
    expect(errors[1]).to.contain("cannot be called from a running event loop");
    expect(loop.isClosed()).to.equal(true);
    expect(await runner.run(main())).to.equal(42);
    await runner.close();
    await other.close();
  });

  it("runs main as a task made by the task factory", async () => {
    const runner = new Runner();
    const coroutine = main();
    const seen: unknown[] = [];
    runner.getLoop().setTaskFactory((loop, coroutine, options) => {
      seen.push(coroutine, options.context instanceof Context);
      loop.setTaskFactory(null);
      return loop.createTask(coroutine, options);
    });
    const inside = function* (): Coroutine<boolean> {
      return allTasks().has(currentTask() as never);
    };

    await runner.run(coroutine);
    expect(await runner.run(inside())).to.equal(true);
    await runner.close();

    expect(seen).to.deep.equal([coroutine, true]);
  });
});
