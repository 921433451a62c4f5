/* eslint-disable require-yield -- a coroutine need not await anything */
import { expect } from "chai";
import { editions, isSince } from "../spec/editions";
import {
  awaitPromise,
  coroutineState,
  EventLoop,
  getRunningLoop,
  run,
  runners,
  RuntimeError,
  setDebugMode,
  sleep,
  ValueError,
  type Coroutine,
} from "./index";
import { failureOf, rejectionOf } from "./testing";

function* main(): Coroutine<number> {
  yield* sleep(0);
  return 42;
}

describe("run", () => {
  it("runs on a new loop each time, and closes it", async () => {
    const loops: EventLoop[] = [];
    const remember = function* (): Coroutine<void> {
      loops.push(getRunningLoop());
      expect(getRunningLoop().isRunning()).to.equal(true);
    };
    await run(remember());
    await run(remember());

    expect(loops[0]).to.not.equal(loops[1]);
    expect(loops.map((loop) => loop.isClosed())).to.deep.equal([true, true]);
    expect(getRunningLoop).to.throw(RuntimeError, "no running event loop");
  });

  it("is refused at once inside a running loop, and leaves its argument and that loop alone", async () => {
    const inner = main();
    const outer = function* (): Coroutine<number> {
      expect(() => run(inner)).to.throw(RuntimeError, "running event loop");
      yield* sleep(0);
      return yield* inner;
    };

    expect(await run(outer())).to.equal(42);
  });

  it("is refused between the turns of a run, and while a run shuts down", async () => {
    const refused: unknown[] = [];
    const tryLater = function* (): Coroutine<void> {
      void Promise.resolve().then(async () => refused.push(await failureOf(() => run(main()))));
      yield* awaitPromise(new Promise((resolve) => setImmediate(resolve)));
    };
    class Slow extends EventLoop {
      override *shutdownAsyncgens(): Coroutine<void> {
        yield* tryLater();
      }
    }
    await run(tryLater(), { loopFactory: Slow });

    expect(refused.map((error) => error instanceof RuntimeError)).to.deep.equal([true, true]);
  });

  const wrong: Record<string, [unknown, string]> = {
    "a generator function": [main, "call it and pass the coroutine: main()"],
    "an async function": [async () => Promise.resolve(1), "async function"],
    "a string": ["main", "'main'"],
    nothing: [undefined, "undefined"],
    "an array": [[main()], "["],
  };
  for (const edition of editions) {
    const refusal = isSince(edition, "3.14") ? TypeError : ValueError;
    for (const [what, [value, message]] of Object.entries(wrong)) {
      it(`of ${edition} refuses ${what} with ${refusal.name}`, async () => {
        const error = await failureOf(() => runners(edition).run(value as never));

        expect(error).to.be.instanceOf(refusal);
        expect(String(error)).to.contain(message);
        expect(await runners(edition).run(main())).to.equal(42);
      });
    }
  }

  it("takes any awaitable from 3.14 on, and only coroutines before", async () => {
    const awaitables = [
      Promise.resolve(1),
      {
        *[Symbol.iterator]() {
          return yield* sleep(0, 1);
        },
      },
    ];
    for (const awaitable of awaitables) {
      expect(await runners("3.14").run(awaitable)).to.equal(1);
      expect(await failureOf(() => runners("3.13").run(awaitable))).to.be.instanceOf(ValueError);
    }
  });

  it("knows the options of its edition, and rejects others", async () => {
    const coroutine = main();
    for (const edition of editions) {
      const { run, Runner } = runners(edition);
      const untyped = run as unknown as (...args: unknown[]) => Promise<unknown>;
      expect(await rejectionOf(untyped(coroutine, true))).to.match(/^TypeError: .* by name/);
      if (!isSince(edition, "3.12")) {
        const refused = untyped(coroutine, { loopFactory: null });
        expect(await rejectionOf(refused)).to.match(/^TypeError: .* unexpected/);
      }
      expect(Runner !== undefined).to.equal(isSince(edition, "3.11-draft"));
    }
    expect(coroutineState(coroutine)).to.equal("CORO_CREATED");
    await run(coroutine);
  });

  it("follows the global debug mode unless told otherwise; 3.7 leaves it off", async () => {
    const debugOf = function* (): Coroutine<boolean> {
      return getRunningLoop().getDebug();
    };
    process.env["ASYNCIO_DEBUG"] = "0";
    const byEnvironment = [
      await run(debugOf()),
      await run(debugOf(), { debug: false }),
      await runners("3.7").run(debugOf()),
    ];
    delete process.env["ASYNCIO_DEBUG"];
    setDebugMode(true);
    const byProgram = await run(debugOf(), { debug: null });
    setDebugMode(null);

    expect(byEnvironment).to.deep.equal([true, false, false]);
    expect([byProgram, await run(debugOf()), await run(debugOf(), { debug: true })]).to.deep.equal([
      true,
      false,
      true,
    ]);
  });
});

describe("runners", () => {
  it("are the same object for the same edition, and refuse another", () => {
    expect(runners("3.10")).to.equal(runners("3.10"));
    expect(() => runners("2.7" as never)).to.throw(ValueError, "3.11-draft");
  });
});
