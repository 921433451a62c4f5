import { expect } from "chai";
import {
  asyncGenerator,
  createTask,
  emit,
  forEach,
  GeneratorExit,
  run,
  Runner,
  sleep,
  type AsyncGenerator,
  type Coroutine,
  type ExceptionContext,
} from "./index";

const trace: string[] = [];
beforeEach(() => {
  trace.length = 0;
});

const own = asyncGenerator(function* (name: string) {
  try {
    for (let i = 0; i < 3; i++) {
      yield* sleep(0);
      yield* emit(i);
    }
  } finally {
    yield* sleep(0);
    trace.push(`${name} closed`);
  }
});

const native = asyncGenerator(async function* (name: string) {
  try {
    for (let i = 0; i < 3; i++) {
      await Promise.resolve();
      yield i;
    }
  } finally {
    await Promise.resolve();
    trace.push(`${name} closed`);
  }
});

for (const [kind, make] of Object.entries({ own, native })) {
  describe(`an async generator (${kind})`, () => {
    it("gives its items", async () => {
      const items: number[] = [];
      const main = function* (): Coroutine<void> {
        yield* forEach(make("all"), function* (item) {
          items.push(item);
          yield* sleep(0);
        });
      };

      await run(main());

      expect(items).to.deep.equal([0, 1, 2]);
      expect(trace).to.deep.equal(["all closed"]);
    });

    it("is closed at shutdown exactly once, unless it is exhausted or was never begun", async () => {
      const kept: AsyncGenerator<number>[] = [];
      const main = function* (): Coroutine<void> {
        const [begun, unbegun, exhausted] = [make("begun"), make("unbegun"), make("exhausted")];
        kept.push(begun, unbegun, exhausted);
        yield* begun.anext();
        yield* forEach(exhausted, () => sleep(0));
        trace.push("main ends");
      };

      await run(main());

      expect(trace).to.deep.equal(["exhausted closed", "main ends", "begun closed"]);
    });

    it("can be continued in a later run of the same runner", async () => {
      const generator = make("long");
      const runner = new Runner();
      const items = [await runner.run(generator.anext()), await runner.run(generator.anext())].map(
        ({ value }) => value,
      );
      trace.push("runs end");
      await runner.close();

      expect(items).to.deep.equal([0, 1]);
      expect(trace).to.deep.equal(["runs end", "long closed"]);
    });
  });
}

describe("async generators", () => {
  it("report errors of their cleanup, and the others are closed all the same", async () => {
    const bad = asyncGenerator(function* () {
      try {
        yield* emit(1);
      } finally {
        throw error; // eslint-disable-line no-unsafe-finally -- the case under test
      }
    });
    const error = new Error("boom");
    const reported: ExceptionContext[] = [];
    const runner = new Runner();
    runner.getLoop().setExceptionHandler((_loop, context) => reported.push(context));
    const generators = [own("first"), bad(), own("last")] as const;
    for (const generator of generators) await runner.run<unknown>(generator.anext());

    await runner.close();

    expect(trace).to.have.members(["first closed", "last closed"]);
    expect(reported.map(({ exception }) => exception)).to.deep.equal([error]);
    expect(reported[0]?.["asyncgen"]).to.equal(generators[1]);
  });

  it("are closed quietly when a leftover task consumes them", async () => {
    const endless = asyncGenerator(function* () {
      try {
        for (;;) {
          yield* emit(1);
          yield* sleep(60);
        }
      } finally {
        trace.push("closed");
      }
    });
    const main = function* (): Coroutine<void> {
      createTask(forEach(endless(), () => sleep(0)));
      yield* sleep(0.001);
    };

    await run(main());

    expect(trace).to.deep.equal(["closed"]);
  });

  it("take values and errors from who iterates", async () => {
    const echo = asyncGenerator(function* () {
      let sent: unknown = "ready";
      for (;;) {
        try {
          sent = yield* emit(sent);
        } catch (error) {
          if (error instanceof GeneratorExit) throw error;
          sent = String(error);
        }
      }
    });
    const main = function* (): Coroutine<unknown[]> {
      const generator = echo();
      return [
        (yield* generator.anext()).value,
        (yield* generator.asend("hello")).value,
        (yield* generator.athrow(new Error("boom"))).value,
      ];
    };

    expect(await run(main())).to.deep.equal(["ready", "hello", "Error: boom"]);
  });
});
