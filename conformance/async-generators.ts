import { verifies } from "../harness/judge/suite";
import type { Activation } from "../harness/subject/activation";
import { expect } from "../harness/subject/assertions";
import type { RemoteLoop } from "../harness/subject/objects";
import type { Puppet } from "../harness/subject/puppets";
import { failureOf, type Subject } from "../harness/subject/subject";
import { anyOrder, newTrace } from "../harness/subject/trace";
import { asyncGenerators } from "../spec/families/async-generators";
import { waysToRun } from "./ways";

const exceptions = ["ValueError", "CancelledError", "SystemExit", "PrivateBaseException"];

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    asyncGenerators.closed,
    `runs the finally block of a suspended generator through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const generator = suspending(subject, () => {
        trace("generator is closed");
      });
      const main = iterating(subject, [generator], () => {
        trace("main ends");
      });

      await run(subject, main);
      trace("run ends");

      expect(trace).to.tell(["main ends", "generator is closed", "run ends"]);
    },
  );

  for (const type of exceptions) {
    verifies(
      asyncGenerators["closed.when-main-fails"],
      `closes one after ${type} through ${way}`,
      options,
      async (subject) => {
        const trace = newTrace();
        const generator = suspending(subject, () => {
          trace("generator is closed");
        });
        const failure = await subject.exception(type);
        const main = iterating(subject, [generator], () => {
          throw failure;
        });

        await failureOf(run(subject, main));
        trace("run ends");

        expect(trace).to.tell(["generator is closed", "run ends"]);
      },
    );
  }

  verifies(
    asyncGenerators["closed.each-once"],
    `closes five of seven through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const names = ["one", "two", "three", "four", "five"];
      const suspended = names.map((name) =>
        suspending(subject, () => {
          trace(`${name} is closed`);
        }),
      );
      const exhausted = subject.asyncGenerator(() => {
        trace("the sixth ends by itself");
      });
      const untouched = subject.untouchedAsyncGenerator();
      const main = iterating(subject, suspended, async (co) => {
        await subject.typeOf(untouched);
        await failureOf(co.await(await subject.anext(exhausted)));
      });

      await run(subject, main);
      trace("run ends");

      expect(trace).to.tell([
        "the sixth ends by itself",
        anyOrder(...names.map((name) => `${name} is closed`)),
        "run ends",
      ]);
    },
  );

  verifies(
    asyncGenerators["finaliser-may-await"],
    `waits for a finally block that sleeps through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const generator = suspending(subject, async (co) => {
        trace("cleanup begins");
        await co.await(await subject.sleep(0));
        await co.await(await subject.sleep(0.01));
        trace("cleanup ends");
      });

      await run(subject, iterating(subject, [generator]));
      trace("run ends");

      expect(trace).to.tell(["cleanup begins", "cleanup ends", "run ends"]);
    },
  );

  verifies(
    asyncGenerators["after-leftover-tasks"],
    `lets leftover tasks clean up first through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const generator = suspending(subject, () => {
        trace("generator is closed");
      });
      const leftover = waiting(subject, async (co) => {
        trace("leftover is cancelled");
        await co.await(await subject.sleep(0.01));
        trace("leftover has cleaned up");
      });

      await run(subject, iterating(subject, [generator], startThen(subject, leftover)));
      trace("run ends");

      expect(trace).to.tell([
        "leftover is cancelled",
        "leftover has cleaned up",
        "generator is closed",
        "run ends",
      ]);
    },
  );

  verifies(
    asyncGenerators["in-leftover-tasks"],
    `closes a running generator by cancelling its reader through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const handler = await subject.recorder();
      const generator = subject.asyncGenerator(async (co) => {
        await co.yield("first");
        try {
          await co.await(await never(subject));
        } catch (error) {
          trace(`generator gets ${(error as Error & { type: string }).type}`);
          throw error;
        }
      });
      const reader = subject.coroutine(async (co) => {
        await co.await(await subject.anext(generator));
        await co.await(await subject.anext(generator));
      });
      const main = subject.coroutine(async (co) => {
        await (await subject.getRunningLoop()).setExceptionHandler(handler);
        await startThen(subject, reader)(co);
      });

      await run(subject, main);
      trace("run ends");

      expect(trace).to.tell(["generator gets CancelledError", "run ends"]);
      expect(await handler.calls()).to.deep.equal([]);
    },
  );

  verifies(
    asyncGenerators["before-executor"],
    `lets a finally block use the default executor through ${way}`,
    options,
    async (subject) => {
      const nonce = subject.nonce();
      const job = await subject.job({ thenReturn: nonce });
      let fromExecutor: unknown;
      const generator = suspending(subject, async (co) => {
        const loop = await subject.getRunningLoop();
        fromExecutor = await co.await(await loop.runInExecutor(job));
      });

      await run(subject, iterating(subject, [generator]));

      expect(fromExecutor).to.equal(nonce);
    },
  );

  verifies(
    asyncGenerators["errors.reported"],
    `calls the exception handler through ${way}`,
    options,
    async (subject) => {
      const handler = await subject.recorder();
      const failure = await subject.exception("ZeroDivisionError", subject.nonce());
      const generator = suspending(subject, () => {
        throw failure;
      });
      let loop: RemoteLoop | undefined;
      const main = iterating(subject, [generator], async () => {
        loop = await subject.getRunningLoop();
        await loop.setExceptionHandler(handler);
      });

      await run(subject, main);

      const calls = await handler.calls();
      expect(calls).to.have.length(1);
      const [reporter, report] = calls[0] as [RemoteLoop, Report];
      expect(reporter).to.equal(loop);
      expect(report.exception).to.equal(failure);
      expect(report.asyncgen).to.equal(generator);
      expect(report.message).to.be.a("string");
    },
  );

  verifies(
    asyncGenerators["errors.keep-the-outcome"],
    `keeps main's value and closes the others through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const failure = await subject.exception("ZeroDivisionError", subject.nonce());
      const value = await subject.object();
      const generators = ["one", "two", "three"].map((name) =>
        suspending(subject, () => {
          trace(`${name} is closed`);
          if (name === "two") throw failure;
        }),
      );

      expect(
        await run(
          subject,
          iterating(subject, generators, () => value),
        ),
      ).to.equal(value);
      expect(trace).to.tell([anyOrder("one is closed", "two is closed", "three is closed")]);
    },
  );

  verifies(
    asyncGenerators["errors.keep-the-outcome"],
    `keeps main's exception through ${way}`,
    options,
    async (subject) => {
      const inGenerator = await subject.exception("ZeroDivisionError", subject.nonce());
      const inMain = await subject.exception("ValueError", subject.nonce());
      const generator = suspending(subject, () => {
        throw inGenerator;
      });
      const main = iterating(subject, [generator], () => {
        throw inMain;
      });

      expect(await failureOf(run(subject, main))).to.equal(inMain);
    },
  );
}

verifies(
  asyncGenerators["closed.by-close"],
  "continues a generator in a second run",
  async (subject) => {
    const trace = newTrace();
    const [first, second] = [subject.nonce(), subject.nonce()];
    const generator = subject.asyncGenerator(async (co) => {
      try {
        await co.yield(first);
        await co.yield(second);
      } finally {
        trace("generator is closed");
      }
    });
    const next = () => subject.coroutine(async (co) => co.await(await subject.anext(generator)));
    const runner = await subject.Runner();

    expect(await runner.run(next())).to.equal(first);
    trace("first run ends");
    expect(await runner.run(next())).to.equal(second);
    trace("second run ends");
    await runner.close();
    trace("close ends");

    expect(trace).to.tell([
      "first run ends",
      "second run ends",
      "generator is closed",
      "close ends",
    ]);
  },
);

verifies(
  asyncGenerators["in-the-closers-context"],
  "reads the value that was set just before close()",
  async (subject) => {
    const variable = await subject.contextVar();
    const atClose = subject.nonce();
    let seen: unknown;
    const generator = suspending(subject, async () => {
      seen = await variable.get();
    });
    const runner = await subject.Runner();
    await variable.set("before the first run");
    await runner.run(iterating(subject, [generator]));

    await variable.set(atClose);
    await runner.close();

    expect(seen).to.equal(atClose);
  },
);

/** What an exception handler is told about a generator. */
interface Report {
  readonly message: unknown;
  readonly exception: unknown;
  readonly asyncgen: unknown;
}

/** A generator that waits at its only yield and does `atEnd` in a finally block. */
function suspending(subject: Subject, atEnd: (co: Activation) => unknown): Puppet {
  return subject.asyncGenerator(async (co) => {
    try {
      await co.yield("suspended");
    } finally {
      await atEnd(co);
    }
  });
}

/** A main that takes the first value of each generator and then does `last`. */
function iterating(
  subject: Subject,
  generators: readonly Puppet[],
  last: (co: Activation) => unknown = () => null,
): Puppet {
  return subject.coroutine(async (co) => {
    for (const generator of generators) await co.await(await subject.anext(generator));
    return last(co);
  });
}

/** A coroutine that waits for ever and does `atEnd` in a finally block. */
function waiting(subject: Subject, atEnd: (co: Activation) => unknown): Puppet {
  return subject.coroutine(async (co) => {
    try {
      await co.await(await never(subject));
    } finally {
      await atEnd(co);
    }
  });
}

/** Starts a task in the running loop and lets it run until it waits. */
const startThen = (subject: Subject, coroutine: Puppet) => async (co: Activation) => {
  await (await subject.getRunningLoop()).createTask(coroutine);
  await co.await(await subject.sleep(0));
};

/** A future of the running loop that nobody resolves. */
const never = async (subject: Subject) => (await subject.getRunningLoop()).createFuture();
