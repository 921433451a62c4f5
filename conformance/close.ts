import { verifies, type TestOptions } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { RemoteLoop, RemoteRunner } from "../harness/subject/objects";
import type { Puppet } from "../harness/subject/puppets";
import { RemoteException } from "../harness/subject/remote";
import { failureOf, type Subject } from "../harness/subject/subject";
import { newTrace } from "../harness/subject/trace";
import { close } from "../spec/families/close";
import { programs } from "./programs";

verifies(close["closes-the-loop"], "closes the loop it has run on", async (subject) => {
  const loop = await subject.newEventLoop();
  const runner = await runnerOn(subject, loop);
  await runner.run(subject.coroutine(() => null));

  await runner.close();

  expect(await loop.isClosed(), "is_closed()").to.equal(true);
});

verifies(close["closes-the-loop"], "closes a loop that never ran", async (subject) => {
  const runner = await subject.Runner();
  const loop = await runner.getLoop();

  await runner.close();

  expect(await loop.isClosed(), "is_closed()").to.equal(true);
});

/** Who shuts a given loop down, and how; `main` runs on the loop before. */
const shutdowns: Record<
  string,
  TestOptions & { of: (subject: Subject, loop: RemoteLoop, main: Puppet) => Promise<unknown> }
> = {
  "close()": {
    needs: ["runner"],
    of: async (subject, loop, main) => {
      const runner = await runnerOn(subject, loop);
      await runner.run(main);
      await runner.close();
    },
  },
  "asyncio.run": {
    needs: ["run"],
    since: "3.12",
    of: (subject, loop, main) => subject.run(main, { loopFactory: subject.function(() => loop) }),
  },
};
for (const [what, { of: shutDown, ...options }] of Object.entries(shutdowns)) {
  verifies(
    close["steps-in-order"],
    `takes the three steps once and in order through ${what}`,
    options,
    async (subject) => {
      const loop = await subject.recordingLoop();

      await shutDown(
        subject,
        loop,
        subject.coroutine(() => null),
      );

      expect(await stepsOf(loop)).to.deep.equal(allSteps);
    },
  );

  verifies(
    close["leftovers-first"],
    `ends a leftover task before the three steps through ${what}`,
    options,
    async (subject) => {
      const loop = await subject.recordingLoop();
      let before: unknown;
      const leftover = subject.coroutine(async (co) => {
        try {
          await co.await(await loop.createFuture());
        } finally {
          await co.await(await subject.sleep(0));
          before = await stepsOf(loop);
        }
      });

      await shutDown(subject, loop, leaving(subject, loop, leftover));

      expect(before).to.deep.equal([]);
      expect(await stepsOf(loop)).to.deep.equal(allSteps);
    },
  );
}

verifies(close["twice-is-harmless"], "returns None from the second close()", async (subject) => {
  const runner = await closedRunner(subject);

  expect(await runner.close()).to.equal(null);
});

verifies(
  close["run-is-refused-afterwards"],
  "raises RuntimeError and does not start the coroutine",
  async (subject) => {
    const runner = await closedRunner(subject);
    const main = subject.untouchedCoroutine();

    expect(await failureOf(runner.run(main))).to.be.remote("RuntimeError");
    expect(await subject.coroutineState(main)).to.equal("CORO_CREATED");
  },
);

verifies(close["get-loop-is-refused-afterwards"], "raises RuntimeError", async (subject) => {
  const runner = await closedRunner(subject);

  expect(await failureOf(runner.getLoop())).to.be.remote("RuntimeError");
});

verifies(
  close["entering-is-refused-afterwards"],
  "raises RuntimeError instead of running the body",
  async (subject) => {
    const runner = await closedRunner(subject);

    expect(await failureOf(runner.with(subject.untouchedFunction()))).to.be.remote("RuntimeError");
  },
);

verifies(close["leaving-with-closes"], "closes the loop when the body returns", async (subject) => {
  const loop = await subject.newEventLoop();
  const runner = await runnerOn(subject, loop);

  await runner.with(subject.function(() => runner.run(subject.coroutine(() => null))));

  expect(await loop.isClosed(), "is_closed()").to.equal(true);
});

for (const type of ["KeyError", "KeyboardInterrupt", "PrivateBaseException"]) {
  verifies(
    close["leaving-with-closes"],
    `closes the loop when the body raises ${type}`,
    async (subject) => {
      const loop = await subject.newEventLoop();
      const runner = await runnerOn(subject, loop);

      await outcomeOf(
        runner.with(
          subject.function(async () => {
            await runner.run(subject.coroutine(() => null));
            throw await subject.exception(type);
          }),
        ),
      );

      expect(await loop.isClosed(), "is_closed()").to.equal(true);
    },
  );

  verifies(
    close["leaving-with-keeps-the-exception"],
    `lets ${type} out of the block`,
    async (subject) => {
      const error = await subject.exception(type, subject.nonce());
      const runner = await subject.Runner();
      const body = subject.function(() => {
        throw error;
      });

      expect(await failureOf(runner.with(body))).to.equal(error);
    },
  );
}

verifies(
  close["inside-with-is-fine"],
  "closes at once, and not again at the end of the block",
  (subject) => closesOnceInside(subject, (runner) => runner.close()),
);
verifies(
  close["inner-with-closes"],
  "closes at the end of the inner block, and not again at the end of the outer one",
  (subject) => closesOnceInside(subject, (runner) => runner.with(subject.function(() => null))),
);

for (const step of ["shutdown_asyncgens", "shutdown_default_executor"]) {
  verifies(close["failed-step-escapes"], `raises what ${step} raised`, async (subject) => {
    const { error, runner } = await failing(subject, step);

    expect(await failureOf(runner.close())).to.equal(error);
  });

  verifies(
    close["failed-step-still-closes-the-loop"],
    `closes the loop after ${step} raised`,
    async (subject) => {
      const { runner, loop } = await failing(subject, step);

      await outcomeOf(runner.close());

      expect(await loop.isClosed(), "is_closed()").to.equal(true);
    },
  );

  verifies(
    close["failed-step-still-closes-the-runner"],
    `refuses to run after ${step} raised`,
    async (subject) => {
      const { runner } = await failing(subject, step);

      await outcomeOf(runner.close());

      expect(await failureOf(runner.run(subject.untouchedCoroutine()))).to.be.remote(
        "RuntimeError",
      );
    },
  );

  verifies(
    close["failed-step-still-closes-the-runner"],
    `keeps silent at the next close() after ${step} raised`,
    async (subject) => {
      const { runner } = await failing(subject, step);

      await outcomeOf(runner.close());

      expect(await runner.close()).to.equal(null);
    },
  );
}

verifies(
  close["run-on-a-closed-loop-is-refused"],
  "raises RuntimeError and does not start the coroutine",
  async (subject) => {
    const loop = await subject.newEventLoop();
    const runner = await runnerOn(subject, loop);
    await runner.run(subject.coroutine(() => null));
    await loop.close();
    const main = subject.untouchedCoroutine();

    expect(await failureOf(runner.run(main))).to.be.remote("RuntimeError");
    expect(await subject.coroutineState(main)).to.equal("CORO_CREATED");
  },
);

verifies(
  close["closed-loop-is-reported-once"],
  "raises RuntimeError at the first close() only",
  async (subject) => {
    const loop = await subject.newEventLoop();
    const runner = await runnerOn(subject, loop);
    await runner.run(subject.coroutine(() => null));
    await loop.close();

    expect(await failureOf(runner.close())).to.be.remote("RuntimeError");
    expect(await runner.close()).to.equal(null);
  },
);

for (const [what, { play, ...options }] of Object.entries(programs)) {
  verifies(
    close["run-inside-with-equals-run"],
    `behaves the same when ${what}`,
    options,
    async (subject) => {
      const [byRun, byRunner] = [newTrace(), newTrace()];

      await play(subject, byRun, (main, given) => subject.run(main, given));
      await play(subject, byRunner, async (main, given) => {
        const runner = await subject.Runner(given);
        return runner.with(subject.function(() => runner.run(main)));
      });

      expect(byRunner).to.tell(byRun.events);
    },
  );
}

const allSteps = ["shutdown_asyncgens", "shutdown_default_executor", "close"];

/** Waits for the end; whether it is an exception is another requirement's matter. */
async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof RemoteException) return error;
    throw error;
  }
}

/** The shutdown steps a recording loop was asked for so far, in order. */
async function stepsOf(loop: RemoteLoop): Promise<readonly string[]> {
  return (await loop.calls()).map(({ method }) => method).filter((name) => allSteps.includes(name));
}

/** A runner whose loop is `loop`. */
const runnerOn = (subject: Subject, loop: RemoteLoop): Promise<RemoteRunner> =>
  subject.Runner(subject.factoryOption(subject.function(() => loop)));

/** A runner that has run and was closed. */
async function closedRunner(subject: Subject): Promise<RemoteRunner> {
  const runner = await subject.Runner();
  await runner.run(subject.coroutine(() => null));
  await runner.close();
  return runner;
}

/** A main that leaves `leftover` behind, suspended at its first await. */
const leaving = (subject: Subject, loop: RemoteLoop, leftover: Puppet): Puppet =>
  subject.coroutine(async (co) => {
    await loop.createTask(leftover);
    await co.await(await subject.sleep(0));
  });

/** Expects `closeEarly`, inside the with block, to take all shutdown steps, and the end of the block none. */
async function closesOnceInside(
  subject: Subject,
  closeEarly: (runner: RemoteRunner) => Promise<unknown>,
): Promise<void> {
  const loop = await subject.recordingLoop();
  const runner = await runnerOn(subject, loop);
  let inside: unknown;

  await runner.with(
    subject.function(async () => {
      await runner.run(subject.coroutine(() => null));
      await closeEarly(runner);
      inside = await stepsOf(loop);
    }),
  );

  expect(inside).to.deep.equal(allSteps);
  expect(await stepsOf(loop)).to.deep.equal(allSteps);
}

/** A runner that has run on a loop one of whose shutdown steps raises `error`. */
async function failing(subject: Subject, step: string) {
  const error = await subject.exception("ValueError", subject.nonce());
  const loop = await subject.recordingLoop({ fail: { [step]: error } });
  const runner = await runnerOn(subject, loop);
  await runner.run(subject.coroutine(() => null));
  return { error, loop, runner };
}
