import { verifies, type TestOptions } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { Puppet } from "../harness/subject/puppets";
import { failureOf, type Subject } from "../harness/subject/subject";
import { argument } from "../spec/families/argument";
import { waysToRun } from "./ways";

/** Things that cannot be run in any edition. */
const others: Record<string, TestOptions & { make: (subject: Subject) => unknown }> = {
  None: { make: () => null },
  "a number": { make: () => 42 },
  "a text": { make: (subject) => subject.nonce() },
  "a list": { make: () => [1] },
  "an object": { make: (subject) => subject.object() },
  "a function": { make: (subject) => subject.untouchedFunction() },
  "a coroutine function": { make: (subject) => subject.untouchedCoroutineFunction() },
  "an asynchronous generator": {
    needs: ["async-generators"],
    make: (subject) => subject.untouchedAsyncGenerator(),
  },
};

// Factories would have to be called by some and not by others, so only the plain ways are taken.
const ways = Object.entries(waysToRun).filter(([way]) => !way.includes("factory"));

// Every refusal is followed by a run that must work: what always raises passes nothing.
for (const [way, { run, ...options }] of ways) {
  for (const [what, { make, ...more }] of Object.entries(others)) {
    const needs = [...(options.needs ?? []), ...(more.needs ?? [])];

    verifies(
      argument["others-refused"],
      `${way} refuses ${what}`,
      { ...options, needs },
      async (subject) => {
        await failureOf(run(subject, await make(subject)));
        await expectToRun(subject, run);
      },
    );

    for (const type of ["ValueError", "TypeError"] as const) {
      verifies(
        argument[type === "ValueError" ? "refused-with-value-error" : "refused-with-type-error"],
        `${way} refuses ${what}`,
        { ...options, needs },
        async (subject) => {
          expect(await failureOf(run(subject, await make(subject)))).to.be.remote(type);
          await expectToRun(subject, run);
        },
      );
    }
  }

  verifies(
    argument["awaitables-refused"],
    `${way} refuses an awaitable`,
    options,
    async (subject) => {
      const refused = await failureOf(run(subject, subject.untouchedAwaitable()));

      expect(refused).to.be.remote("ValueError");
      await expectToRun(subject, run);
    },
  );

  verifies(
    argument["awaitables-accepted"],
    `${way} gives the value of an awaitable`,
    options,
    async (subject) => {
      const object = await subject.object();
      const main = subject.awaitable(() => object);

      expect(await run(subject, main)).to.equal(object);
    },
  );

  verifies(
    argument["awaitables-accepted"],
    `${way} gives the value of an awaitable that waits`,
    options,
    async (subject) => {
      const object = await subject.object();
      const main = subject.awaitable(async (co) => {
        await co.await(await subject.sleep(0));
        return object;
      });

      expect(await run(subject, main)).to.equal(object);
    },
  );

  verifies(
    argument["awaitables-accepted"],
    `${way} raises the exception of an awaitable`,
    options,
    async (subject) => {
      const error = await subject.exception("ValueError", subject.nonce());
      const main = subject.awaitable(() => {
        throw error;
      });

      expect(await failureOf(run(subject, main))).to.equal(error);
    },
  );

  verifies(
    argument["foreign-futures-fail"],
    `${way} raises for a pending future of another loop`,
    options,
    async (subject) => {
      const other = await subject.newEventLoop();
      const future = await other.createFuture();

      expect(await failureOf(run(subject, future))).to.be.remote("RuntimeError");
      await other.close();
      await expectToRun(subject, run);
    },
  );

  verifies(
    argument["coroutine-likes-accepted"],
    `${way} runs an object with the methods of a coroutine`,
    options,
    async (subject) => {
      const object = await subject.object();
      const behind = subject.coroutine(async (co) => {
        await co.await(await subject.sleep(0));
        return object;
      });

      expect(await run(subject, await subject.coroutineLike(behind))).to.equal(object);
    },
  );

  verifies(
    argument["refused-stays-new"],
    `${way} leaves the coroutine new inside a running loop`,
    options,
    async (subject) => {
      const answer = subject.nonce();
      const refused = subject.coroutine(() => answer);
      const main = subject.coroutine(async () => {
        await failureOf(run(subject, refused));
        expect(await subject.coroutineState(refused)).to.equal("CORO_CREATED");
      });

      await run(subject, main);

      expect(await run(subject, refused)).to.equal(answer);
    },
  );
}

const futures = {
  "a future": async (subject: Subject) => {
    const loop = await subject.newEventLoop();
    const future = await loop.createFuture();
    await future.setResult(subject.nonce());
    return { loop, future };
  },
  "a task": async (subject: Subject) => {
    const loop = await subject.newEventLoop();
    const future = await loop.createTask(subject.coroutine(() => null));
    await loop.runUntilComplete(future);
    return { loop, future };
  },
};
for (const [what, make] of Object.entries(futures)) {
  verifies(
    argument["futures-refused"],
    `run() refuses ${what}`,
    { needs: ["run"] },
    async (subject) => {
      const { loop, future } = await make(subject);

      expect(await failureOf(subject.run(future))).to.be.remote("ValueError");
      await loop.close();
      await expectToRun(subject, (_, main) => subject.run(main));
    },
  );

  verifies(
    argument["futures-refused"],
    `Runner.run() refuses ${what} of its loop`,
    { needs: ["runner"], since: "3.11" },
    async (subject) => {
      const { loop, future } = await make(subject);
      const runner = await subject.Runner({ loopFactory: subject.function(() => loop) });

      expect(await runner.getLoop()).to.equal(loop);
      expect(await failureOf(runner.run(future))).to.be.remote("ValueError");
      await expectToRun(subject, (_, main) => runner.run(main));
      await runner.close();
    },
  );
}

verifies(
  argument["own-futures-accepted"],
  "gives the result of a future that comes later",
  async (subject) => {
    const object = await subject.object();
    const runner = await subject.Runner();
    const loop = await runner.getLoop();
    const future = await loop.createFuture();
    await loop.callSoon(subject.function(() => future.setResult(object)));

    expect(await runner.run(future)).to.equal(object);
    await runner.close();
  },
);

verifies(argument["own-futures-accepted"], "gives the result of a task", async (subject) => {
  const object = await subject.object();
  const runner = await subject.Runner();
  const loop = await runner.getLoop();
  const task = await loop.createTask(subject.coroutine(() => object));

  expect(await runner.run(task)).to.equal(object);
  await runner.close();
});

verifies(argument["own-futures-accepted"], "raises the exception of a future", async (subject) => {
  const error = await subject.exception("ValueError", subject.nonce());
  const runner = await subject.Runner();
  const loop = await runner.getLoop();
  const future = await loop.createFuture();
  await loop.callSoon(subject.function(() => future.setException(error)));

  expect(await failureOf(runner.run(future))).to.equal(error);
  await runner.close();
});

verifies(
  argument["own-futures-accepted"],
  "raises CancelledError for a cancelled future",
  async (subject) => {
    const runner = await subject.Runner();
    const loop = await runner.getLoop();
    const future = await loop.createFuture();
    await loop.callSoon(subject.function(() => future.cancel()));

    expect(await failureOf(runner.run(future))).to.be.remote("CancelledError");
    await runner.close();
  },
);

verifies(
  argument["awaitables-in-context"],
  "executes in the runner's context when none is given",
  async (subject) => {
    const variable = await subject.contextVar();
    const value = subject.nonce();
    const runner = await subject.Runner();
    const main = subject.awaitable(() => variable.get());

    await runner.run(subject.coroutine(() => variable.set(value)));

    expect(await runner.run(main)).to.equal(value);
    await runner.close();
  },
);

verifies(
  argument["awaitables-in-context"],
  "executes in the context that is given",
  async (subject) => {
    const variable = await subject.contextVar();
    const value = subject.nonce();
    const context = await subject.emptyContext();
    await context.run(subject.function(() => variable.set(value)));
    const runner = await subject.Runner();
    const main = subject.awaitable(() => variable.get());

    expect(await runner.run(main, { context })).to.equal(value);
    await runner.close();
  },
);

verifies(
  argument["refused-stays-new"],
  "a closed runner leaves the coroutine new",
  { needs: ["runner"], since: "3.11-draft" },
  async (subject) => {
    const answer = subject.nonce();
    const refused = subject.coroutine(() => answer);
    const [closed, open] = [await subject.Runner(), await subject.Runner()];
    await closed.getLoop();
    await closed.close();

    await failureOf(closed.run(refused));

    expect(await subject.coroutineState(refused)).to.equal("CORO_CREATED");
    expect(await open.run(refused)).to.equal(answer);
    await open.close();
  },
);

verifies(
  argument["refused-stays-new"],
  "a failing loop factory leaves the coroutine new",
  { needs: ["runner"], since: "3.11" },
  async (subject) => {
    const answer = subject.nonce();
    const refused = subject.coroutine(() => answer);
    const error = await subject.exception("ValueError", subject.nonce());
    const loopFactory = subject.function(() => {
      throw error;
    });
    const [failing, working] = [await subject.Runner({ loopFactory }), await subject.Runner()];

    expect(await failureOf(failing.run(refused))).to.equal(error);
    expect(await subject.coroutineState(refused)).to.equal("CORO_CREATED");
    expect(await working.run(refused)).to.equal(answer);
    await working.close();
  },
);

verifies(
  argument["refusal-leaves-no-open-loop"],
  "closes every loop the factory made",
  async (subject) => {
    const made: Awaited<ReturnType<Subject["newEventLoop"]>>[] = [];
    const loopFactory = subject.function(async () => {
      const loop = await subject.newEventLoop();
      made.push(loop);
      return loop;
    });

    await failureOf(subject.run(42, { loopFactory }));
    const madeForRefused = made.length;
    await expectToRun(subject, (_, main) => subject.run(main, { loopFactory }));

    for (const loop of made) expect(await loop.isClosed(), "is_closed()").to.equal(true);
    expect(made).to.have.lengthOf(madeForRefused + 1);
  },
);

verifies(
  argument["runner-survives-refusal"],
  "runs a coroutine on the same loop afterwards",
  async (subject) => {
    const runner = await subject.Runner();
    const loop = await runner.getLoop();

    await failureOf(runner.run(42));

    expect(await runner.run(subject.coroutine(() => subject.getRunningLoop()))).to.equal(loop);
    await runner.close();
  },
);

/** Expects a coroutine to run and its value to come back. */
async function expectToRun(
  subject: Subject,
  run: (subject: Subject, main: Puppet) => Promise<unknown>,
): Promise<void> {
  const answer = subject.nonce();

  expect(
    await run(
      subject,
      subject.coroutine(() => answer),
    ),
  ).to.equal(answer);
}
