/* eslint-disable require-yield -- a coroutine need not await anything */
import { expect } from "chai";
import {
  createTask,
  Event,
  ExceptionGroup,
  gather,
  getRunningLoop,
  isCancelled,
  run,
  shield,
  sleep,
  TaskGroup,
  timeout,
  TimeoutError,
  waitFor,
  type Coroutine,
} from "../index";
import { failureOf } from "../testing";

function* failing(error: Error): Coroutine<never> {
  yield* sleep(0);
  throw error;
}

function* forever(trace: string[], name: string): Coroutine<void> {
  try {
    yield* getRunningLoop().createFuture();
  } finally {
    yield* sleep(0);
    trace.push(`${name} ended`);
  }
}

describe("gather", () => {
  it("gives results in order, of promises and coroutines alike", async () => {
    const main = function* (): Coroutine<unknown> {
      return yield* gather<string | undefined>([
        sleep(0.001, "slow"),
        Promise.resolve("fast"),
        sleep(0),
      ]);
    };

    expect(await run(main())).to.deep.equal(["slow", "fast", undefined]);
  });

  it("fails with the first failure, or lists failures if asked to", async () => {
    const error = new Error("boom");
    const listing = function* (): Coroutine<unknown> {
      return yield* gather<unknown>([failing(error), sleep(0, 1)], { returnExceptions: true });
    };
    const main = function* (): Coroutine<unknown> {
      return yield* gather<unknown>([failing(error), sleep(0, 1)]);
    };

    expect(await run(listing())).to.deep.equal([error, 1]);
    expect(await failureOf(() => run(main()))).to.equal(error);
  });

  it("cancels its children when it is cancelled, and ends after them", async () => {
    const trace: string[] = [];
    const main = function* (): Coroutine<void> {
      const all = gather([forever(trace, "a"), forever(trace, "b")], { returnExceptions: true });
      yield* sleep(0);
      all.cancel();
      try {
        yield* all;
      } catch (error) {
        trace.push(`cancelled: ${String(isCancelled(error))}`);
      }
    };

    await run(main());

    expect(trace).to.deep.equal(["a ended", "b ended", "cancelled: true"]);
  });

  it("of nothing is an empty list", async () => {
    const main = function* (): Coroutine<unknown> {
      return yield* gather([]);
    };

    expect(await run(main())).to.deep.equal([]);
  });
});

describe("timeout and waitFor", () => {
  it("raise TimeoutError after cleanup", async () => {
    const trace: string[] = [];
    const main = function* (): Coroutine<void> {
      for (const wait of [
        () => waitFor(forever(trace, "waited"), 0.001),
        () => timeout(0.001).use(() => forever(trace, "limited")),
        () => waitFor(createTask(forever(trace, "task")), 0),
      ]) {
        try {
          yield* wait();
        } catch (error) {
          trace.push(error instanceof TimeoutError ? "timeout" : String(error));
        }
      }
    };

    await run(main());

    expect(trace).to.deep.equal(["waited ended", "timeout", "limited ended", "timeout", "timeout"]);
  });

  it("let through what ends in time, and cancellation by others", async () => {
    const main = function* (): Coroutine<unknown[]> {
      const inTime = yield* waitFor(sleep(0, "in time"), 10);
      const task = createTask(waitFor(sleep(60), 60));
      yield* sleep(0);
      task.cancel();
      yield* sleep(0);
      return [inTime, task.cancelled(), yield* waitFor(sleep(0, "no limit"), null)];
    };

    expect(await run(main())).to.deep.equal(["in time", true, "no limit"]);
  });
});

describe("shield", () => {
  it("keeps cancellation from what it shields", async () => {
    const main = function* (): Coroutine<unknown[]> {
      const inner = createTask(sleep(0.001, "inner"));
      const outer = shield(inner);
      outer.cancel();
      return [outer.cancelled(), yield* inner];
    };

    expect(await run(main())).to.deep.equal([true, "inner"]);
  });
});

describe("Event", () => {
  it("lets everybody go on who waits", async () => {
    const event = new Event();
    const main = function* (): Coroutine<unknown[]> {
      const waiting = gather([event.wait(), event.wait()]);
      yield* sleep(0);
      event.set();
      return [...(yield* waiting), yield* event.wait(), event.isSet()];
    };

    expect(await run(main())).to.deep.equal([true, true, true, true]);
  });
});

describe("TaskGroup", () => {
  it("waits for its tasks", async () => {
    const main = function* (): Coroutine<unknown> {
      const tasks = yield* new TaskGroup().use(function* (group) {
        return [group.createTask(sleep(0.001, 1)), group.createTask(sleep(0, 2))];
      });
      return tasks.map((task) => task.result());
    };

    expect(await run(main())).to.deep.equal([1, 2]);
  });

  it("cancels the others when one fails, and the body, and raises the failures together", async () => {
    const trace: string[] = [];
    const error = new Error("boom");
    const main = function* (): Coroutine<void> {
      yield* new TaskGroup().use(function* (group) {
        group.createTask(forever(trace, "sibling"));
        group.createTask(failing(error));
        yield* forever(trace, "body");
      });
    };

    const group = await failureOf(() => run(main()));

    expect(group).to.be.instanceOf(ExceptionGroup).and.have.deep.property("exceptions", [error]);
    expect(trace).to.have.members(["sibling ended", "body ended"]);
  });
});
