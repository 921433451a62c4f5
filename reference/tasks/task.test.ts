/* eslint-disable require-yield -- a coroutine need not await anything */
import { expect } from "chai";
import {
  allTasks,
  awaitPromise,
  CancelledError,
  ContextVar,
  createTask,
  currentSignal,
  currentTask,
  EventLoop,
  Future,
  getRunningLoop,
  InvalidStateError,
  isCancelled,
  run,
  RuntimeError,
  runners,
  sleep,
  type Coroutine,
} from "../index";
import { failureOf } from "../testing";

describe("Task", () => {
  it("returns and raises what its coroutine does, as the same object", async () => {
    const value = {};
    const error = new Error("boom");
    const succeed = function* (): Coroutine<object> {
      return value;
    };
    const fail = function* (): Coroutine<never> {
      throw error;
    };
    const main = function* (): Coroutine<unknown[]> {
      const results: unknown[] = [yield* createTask(succeed())];
      try {
        yield* createTask(fail());
      } catch (caught) {
        results.push(caught);
      }
      return results;
    };

    const [returned, raised] = await run(main());

    expect(returned).to.equal(value);
    expect(raised).to.equal(error);
  });

  it("is cancelled where it awaits, and its cleanup may await", async () => {
    const trace: string[] = [];
    const child = function* (): Coroutine<void> {
      try {
        yield* getRunningLoop().createFuture();
      } catch (error) {
        if (!isCancelled(error)) throw error;
        trace.push(`cancelled: ${error.message}, ${String(currentTask()?.cancelling())} request`);
        yield* sleep(0);
        trace.push("cleaned up");
        throw error;
      }
    };
    const main = function* (): Coroutine<void> {
      const task = createTask(child());
      yield* sleep(0);
      trace.push(String(task.cancel("enough")), String(task.cancelled()));
      try {
        yield* task;
      } catch (error) {
        trace.push(`raised ${String(error)}`);
      }
      trace.push(String(task.cancelled()), String(task.cancel()));
    };

    await run(main());

    expect(trace).to.deep.equal([
      "true",
      "false",
      "cancelled: enough, 1 request",
      "cleaned up",
      "raised CancelledError: enough",
      "true",
      "false",
    ]);
  });

  it("never starts when it is cancelled before its first step", async () => {
    let started = false;
    const child = function* (): Coroutine<void> {
      started = true;
    };
    const main = function* (): Coroutine<boolean> {
      const task = createTask(child());
      task.cancel();
      yield* sleep(0);
      return task.cancelled();
    };

    expect(await run(main())).to.equal(true);
    expect(started).to.equal(false);
  });

  it("ends cancelled when it returns after a request it could not hear of", async () => {
    const main = function* (): Coroutine<number> {
      currentTask()?.cancel();
      return 5;
    };

    expect(await failureOf(() => run(main()))).to.be.instanceOf(CancelledError);
  });

  it("forgets a request that was taken back", async () => {
    const main = function* (): Coroutine<number> {
      const task = currentTask();
      task?.cancel();
      expect(task?.uncancel()).to.equal(0);
      yield* sleep(0);
      return 5;
    };

    expect(await run(main())).to.equal(5);
  });

  it("aborts the signal of the current task, and stops waiting for a promise", async () => {
    const trace: string[] = [];
    const child = function* (): Coroutine<void> {
      currentSignal().addEventListener("abort", () => trace.push("task signal"));
      yield* awaitPromise(
        (signal) =>
          new Promise(() => {
            signal.addEventListener("abort", () => trace.push("promise signal"));
          }),
      );
    };
    const main = function* (): Coroutine<void> {
      const task = createTask(child());
      yield* sleep(0);
      task.cancel();
      yield* sleep(0);
      trace.push(String(task.cancelled()));
    };

    await run(main());

    expect(trace).to.deep.equal(["task signal", "promise signal", "true"]);
  });

  it("has a name, and is among the tasks of its loop until it is done", async () => {
    const main = function* (): Coroutine<unknown[]> {
      const task = createTask(sleep(0), { name: "napper" });
      const before = allTasks().has(task);
      yield* task;
      return [task.getName(), before, allTasks().has(task), allTasks().size];
    };

    expect(await run(main())).to.deep.equal(["napper", true, false, 1]);
  });

  it("works in a copy of the current context, or in the one it is given", async () => {
    const variable = new ContextVar("who", { default: "nobody" });
    const child = function* (): Coroutine<string> {
      const before = variable.get();
      variable.set("child");
      return before;
    };
    const main = function* (): Coroutine<string[]> {
      variable.set("main");
      const seen = [yield* createTask(child()), variable.get()];
      const context = currentTask()?.getContext();
      return [...seen, yield* createTask(child(), { context }), variable.get()];
    };

    expect(await run(main())).to.deep.equal(["main", "main", "main", "child"]);
  });

  const badTraps: Record<string, [() => unknown, string]> = {
    "a promise": [() => Promise.resolve(1), "a Promise; await it with yield* awaitPromise"],
    "a number": [() => 7, "got 7 from a bare yield"],
    "a future without the star": [() => getRunningLoop().createFuture(), "await it with yield*"],
  };
  for (const [what, [make, message]] of Object.entries(badTraps)) {
    it(`raises RuntimeError in the coroutine that yields ${what}`, async () => {
      const main = function* (): Coroutine<string> {
        try {
          yield make() as undefined;
        } catch (error) {
          return String(error);
        }
        return "nothing";
      };

      expect(await run(main()))
        .to.contain("RuntimeError")
        .and.contain(message);
    });
  }

  it("refuses a future of another loop, and itself", async () => {
    const other = new EventLoop();
    const main = function* (): Coroutine<string[]> {
      const errors: string[] = [];
      for (const future of [new Future(other), currentTask()]) {
        try {
          yield* future ?? sleep(0);
        } catch (error) {
          errors.push(String(error));
        }
      }
      return errors;
    };

    const errors = await run(main());

    expect(errors[0]).to.match(/RuntimeError: .* different loop/);
    expect(errors[1]).to.match(/RuntimeError: .* cannot await itself/);
    other.close();
  });

  it("has a CancelledError an ordinary handler catches in 3.7, and a new one up to 3.10", async () => {
    const main = function* (): Coroutine<never> {
      throw thrown;
    };
    const { CancelledError: old, run: run37 } = runners("3.7");
    let thrown: Error = new old("mine");
    const error37 = await failureOf(() => run37(main()));
    thrown = new CancelledError("mine");
    const error310 = await failureOf(() => runners("3.10").run(main()));
    const error311 = await failureOf(() => runners("3.11").run(main()));

    expect(error37).to.be.instanceOf(old);
    expect(error310).to.be.instanceOf(CancelledError).and.not.equal(thrown);
    expect(error310).to.have.deep.property("args", []);
    expect(error311).to.equal(thrown);
  });
});

describe("Future", () => {
  it("is finished once", () => {
    const loop = new EventLoop();
    const future = loop.createFuture<number>();
    expect(() => future.result()).to.throw(InvalidStateError);
    future.setResult(1);
    expect(() => {
      future.setResult(2);
    }).to.throw(InvalidStateError);
    expect([future.result(), future.exception(), future.cancel()]).to.deep.equal([1, null, false]);
    loop.close();
  });

  it("calls its callbacks from the loop, in their order, unless they were removed", async () => {
    const trace: string[] = [];
    const first = (): unknown => trace.push("first");
    const removed = (): unknown => trace.push("removed");
    const main = function* (): Coroutine<void> {
      const future = getRunningLoop().createFuture<number>();
      for (const callback of [first, removed, () => trace.push("last")]) {
        future.addDoneCallback(callback);
      }
      expect(future.removeDoneCallback(removed)).to.equal(1);
      future.setResult(1);
      trace.push("set");
      yield* sleep(0);
    };

    await run(main());

    expect(trace).to.deep.equal(["set", "first", "last"]);
  });

  it("of a task cannot be set from outside", async () => {
    const main = function* (): Coroutine<unknown> {
      const task: Future<unknown> = createTask(sleep(0));
      return yield* awaitPromise(
        failureOf(() => {
          task.setResult(1);
        }),
      );
    };

    expect(await run(main())).to.be.instanceOf(RuntimeError);
  });
});
