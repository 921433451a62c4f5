/* eslint-disable require-yield -- a coroutine need not await anything */
import { expect } from "chai";
import { coroutine, coroutineState, type Coroutine } from "./coroutine";
import { RuntimeError } from "./errors";
import { createTask, run, sleep } from "./index";
import { failureOf } from "./testing";

describe("coroutineState", () => {
  function* plain(): Coroutine<string> {
    states.push(coroutineState(driven));
    yield* sleep(0);
    return "done";
  }
  let states: string[] = [];
  let driven: Coroutine<string>;

  for (const [kind, make] of Object.entries({ plain, tracked: coroutine(plain) })) {
    it(`follows a ${kind} coroutine through a task`, async () => {
      driven = make();
      states = [coroutineState(driven)];

      await run(
        (function* () {
          const task = createTask(driven);
          yield* sleep(0);
          states.push(coroutineState(driven));
          yield* task;
        })(),
      );

      expect([...states, coroutineState(driven)]).to.deep.equal([
        "CORO_CREATED",
        "CORO_RUNNING",
        "CORO_SUSPENDED",
        "CORO_CLOSED",
      ]);
    });
  }

  it("follows a tracked coroutine that another one delegates to", async () => {
    const inner = coroutine(function* (): Coroutine<void> {
      yield* sleep(0);
    })();
    const before = coroutineState(inner);
    await run(
      (function* () {
        yield* inner;
      })(),
    );

    expect([before, coroutineState(inner)]).to.deep.equal(["CORO_CREATED", "CORO_CLOSED"]);
  });
});

describe("a coroutine", () => {
  it("cannot be awaited twice", async () => {
    function* main(): Coroutine<number> {
      return 1;
    }
    const once = main();
    await run(once);

    const error = await failureOf(() => run(once));

    expect(error).to.be.instanceOf(RuntimeError);
    expect(String(error)).to.contain("cannot reuse");
  });

  it("has to come from a generator function", () => {
    expect(() => coroutine((() => 1) as never)).to.throw(TypeError, "generator function");
  });
});
