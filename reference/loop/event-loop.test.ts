/* eslint-disable require-yield -- a coroutine need not await anything */
import { expect } from "chai";
import { AsyncLocalStorage } from "node:async_hooks";
import {
  awaitPromise,
  createTask,
  currentTask,
  EventLoop,
  getRunningLoop,
  KeyboardInterrupt,
  RuntimeError,
  run,
  sleep,
  SystemExit,
  type Coroutine,
  type ExceptionContext,
} from "../index";
import { logger } from "../logger";
import { failureOf } from "../testing";

describe("EventLoop", () => {
  it("runs callbacks in order, timers by time, and stops after the turn", async () => {
    const loop = new EventLoop();
    const trace: string[] = [];
    const note = (what: string) => () => trace.push(what);
    loop.callLater(0.02, () => {
      trace.push("later");
      loop.stop();
      loop.callSoon(note("next run"));
    });
    loop.callLater(0.01, note("sooner"));
    loop.callSoon(note("first"));
    const cancelled = loop.callSoon(note("cancelled"));
    loop.callSoon(note("second"));
    cancelled.cancel();

    await loop.runForever();

    expect(trace).to.deep.equal(["first", "second", "sooner", "later"]);
    loop.stop();
    await loop.runForever();
    expect(trace.at(-1)).to.equal("next run");
    loop.close();
  });

  it("is woken by what Node does: promises, timers, immediates", async () => {
    const main = function* (): Coroutine<string[]> {
      const loop = getRunningLoop();
      const future = loop.createFuture<string>();
      setTimeout(() => {
        future.setResult("timer");
      }, 1);
      const event = loop.createFuture<string>();
      setImmediate(() =>
        loop.callSoon(() => {
          event.setResult("callback");
        }),
      );
      return [yield* future, yield* event, yield* awaitPromise(Promise.resolve("promise"))];
    };

    expect(await run(main())).to.deep.equal(["timer", "callback", "promise"]);
  });

  it("lets Node go on while tasks keep it busy", async () => {
    let immediates = 0;
    const count = (): void => {
      immediates++;
      if (immediates < 3) setImmediate(count);
    };
    const main = function* (): Coroutine<void> {
      setImmediate(count);
      while (immediates < 3) yield* sleep(0);
    };

    await run(main());

    expect(immediates).to.equal(3);
  });

  it("refuses to run twice at a time, and after it was closed", async () => {
    const loop = new EventLoop();
    const other = new EventLoop();
    const main = function* (): Coroutine<string[]> {
      const errors: unknown[] = [];
      errors.push(yield* awaitPromise(failureOf(() => loop.runForever())));
      errors.push(yield* awaitPromise(failureOf(() => other.runForever())));
      errors.push(
        yield* awaitPromise(
          failureOf(() => {
            loop.close();
          }),
        ),
      );
      return errors.map(String);
    };

    const errors = await loop.runUntilComplete(main());
    loop.close();
    loop.close();

    expect(errors).to.deep.equal([
      "RuntimeError: this event loop is already running",
      "RuntimeError: cannot run the event loop while another loop is running",
      "RuntimeError: cannot close a running event loop",
    ]);
    for (const use of [() => loop.runForever(), () => loop.callSoon(() => 1)]) {
      expect(await failureOf(use)).to.be.instanceOf(RuntimeError);
    }
    other.close();
  });

  it("reports what a callback raises and goes on, but KeyboardInterrupt and SystemExit end the run", async () => {
    const loop = new EventLoop();
    const reported: ExceptionContext[] = [];
    loop.setExceptionHandler((_loop, context) => reported.push(context));
    const error = new Error("boom");
    loop.callSoon(function explode() {
      throw error;
    });
    loop.callSoon(() => {
      throw new SystemExit(3);
    });
    loop.callSoon(() => {
      loop.stop();
    });

    const exit = await failureOf(() => loop.runForever());

    expect(exit).to.be.instanceOf(SystemExit).and.have.property("code", 3);
    expect(reported).to.have.length(1);
    expect(reported[0]?.message).to.equal("Exception in callback explode");
    expect(reported[0]?.exception).to.equal(error);
    await loop.runForever(); // what was ready then still is
    loop.close();
  });

  it("can be interrupted while it waits for nothing", async () => {
    const loop = new EventLoop();
    const interrupt = new KeyboardInterrupt();
    setImmediate(() => {
      loop.interrupt(interrupt);
    });

    expect(await failureOf(() => loop.runForever())).to.equal(interrupt);
    loop.close();
  });

  it("warns of slow steps in debug mode", async () => {
    const warnings: string[] = [];
    const { warning } = logger;
    logger.warning = (message) => warnings.push(message);
    const main = function* (): Coroutine<void> {
      getRunningLoop().slowCallbackDuration = 0;
      currentTask()?.setName("slowcoach");
    };

    await run(main(), { debug: true });
    logger.warning = warning;

    expect(warnings[0]).to.match(/^Executing task slowcoach took \d\.\d+ seconds$/);
  });

  it("lets AsyncLocalStorage follow each task", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: string[] = [];
    const child = function* (name: string): Coroutine<void> {
      for (let i = 0; i < 2; i++) {
        seen.push(`${name}: ${String(storage.getStore())}`);
        yield* sleep(0);
      }
    };
    const main = function* (): Coroutine<void> {
      const inside = storage.run("inner", () => createTask(child("inside")));
      const outside = createTask(child("outside"));
      yield* inside;
      yield* outside;
    };

    await storage.run("outer", () => run(main()));
    storage.disable();

    expect(seen).to.deep.equal([
      "inside: inner",
      "outside: outer",
      "inside: inner",
      "outside: outer",
    ]);
  });
});
