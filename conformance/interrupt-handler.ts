import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import { newTrace } from "../harness/subject/trace";
import { failureOf, type Disposition, type Subject } from "../harness/subject/subject";
import type { Feature } from "../spec/requirement";
import { interruptHandler } from "../spec/families/interrupt-handler";
import { waysToRun } from "./ways";

const byDefault = "default_int_handler";

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    interruptHandler.installed,
    `replaces the default through ${way}`,
    options,
    async (subject) => {
      let during: Disposition = byDefault;
      const main = subject.coroutine(async (co) => {
        await co.await(await subject.sleep(0));
        during = await subject.getSignal();
      });

      await run(subject, main);

      expect(during).not.to.equal(byDefault);
    },
  );

  verifies(
    interruptHandler["installed-before-main"],
    `is there at the first statement through ${way}`,
    options,
    async (subject) => {
      let first: Disposition = byDefault;
      const main = subject.coroutine(async () => {
        first = await subject.getSignal();
      });

      await run(subject, main);

      expect(first).not.to.equal(byDefault);
    },
  );

  verifies(
    interruptHandler["removed-after-return"],
    `restores the default after ${way}`,
    options,
    async (subject) => {
      await run(
        subject,
        subject.coroutine(() => null),
      );

      expect(await subject.getSignal()).to.equal(byDefault);
    },
  );

  verifies(
    interruptHandler["removed-after-exception"],
    `restores the default after ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async () => {
        throw await subject.exception("ValueError");
      });

      await failureOf(run(subject, main));

      expect(await subject.getSignal()).to.equal(byDefault);
    },
  );

  verifies(
    interruptHandler["removed-after-interrupt"],
    `restores the default after ${way}`,
    options,
    async (subject) => {
      await failureOf(run(subject, interrupted(subject)));

      expect(await subject.getSignal()).to.equal(byDefault);
    },
  );

  verifies(
    interruptHandler["not-installed-before-3.11"],
    `leaves the default alone through ${way}`,
    options,
    async (subject) => {
      let during: unknown;
      const main = subject.coroutine(async () => {
        during = await subject.getSignal();
      });

      await run(subject, main);

      expect(during).to.equal(byDefault);
    },
  );

  for (const [kind, { disposition, needs }] of Object.entries(foreignDispositions())) {
    verifies(
      interruptHandler["foreign-is-kept"],
      `keeps ${kind} through ${way}`,
      { ...options, needs: [...(options.needs ?? []), ...needs] },
      async (subject) => {
        const foreign = await disposition(subject);
        await subject.setSignal(foreign);
        let during: unknown;
        const main = subject.coroutine(async () => {
          during = await subject.getSignal();
        });

        await run(subject, main);

        expect([during, await subject.getSignal()]).to.deep.equal([foreign, foreign]);
      },
    );
  }

  verifies(
    interruptHandler["users-own-survives"],
    `keeps main's handler after ${way}`,
    options,
    async (subject) => {
      const own = await subject.recorder();
      const main = subject.coroutine(() => subject.setSignal(own).then(() => null));

      await run(subject, main);

      expect(await subject.getSignal()).to.equal(own);
    },
  );

  verifies(
    interruptHandler["loop-handler-takes-over"],
    `calls the loop's handler through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const main = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        const interrupted = await loop.createFuture();
        const handler = subject.function(async () => {
          trace("the loop's handler is called");
          await interrupted.setResult(null);
        });
        await loop.addSignalHandler(handler);
        await subject.onceSuspended(() => {
          subject.interrupt();
        });
        await co.await(interrupted);
        trace("main goes on");
      });

      await run(subject, main);

      expect(trace).to.tell(["the loop's handler is called", "main goes on"]);
    },
  );
}

verifies(interruptHandler["lasts-one-run"], "has the default between runs", async (subject) => {
  const runner = await subject.Runner();
  const seen: unknown[] = [];
  for (const number of [1, 2]) {
    await runner.run(subject.coroutine(() => number));
    seen.push(await subject.getSignal());
  }
  await runner.close();

  expect(seen).to.deep.equal([byDefault, byDefault]);
});

verifies(
  interruptHandler["lasts-one-run"],
  "has the default while close() cancels a leftover task",
  async (subject) => {
    const runner = await subject.Runner();
    let duringClose: unknown;
    const leftover = leftoverThat(subject, async () => {
      duringClose = await subject.getSignal();
    });

    await runner.run(startingFirst(subject, leftover));
    await runner.close();

    expect(duringClose).to.equal(byDefault);
  },
);

verifies(
  interruptHandler["gone-during-shutdown"],
  "has the default in a leftover task's cleanup",
  async (subject) => {
    let duringShutdown: unknown;
    const leftover = leftoverThat(subject, async () => {
      duringShutdown = await subject.getSignal();
    });

    await subject.run(startingFirst(subject, leftover));

    expect(duringShutdown).to.equal(byDefault);
  },
);

verifies(
  interruptHandler["factories-run-before-it"],
  "has the default inside the loop factory of a Runner",
  async (subject) => {
    let inFactory: unknown;
    const loopFactory = subject.function(async () => {
      inFactory = await subject.getSignal();
      return subject.newEventLoop();
    });
    const runner = await subject.Runner({ loopFactory });

    await runner.run(subject.coroutine(() => null));
    await runner.close();

    expect(inFactory).to.equal(byDefault);
  },
);

function foreignDispositions(): Record<string, ForeignDisposition> {
  return {
    "a handler of the user's": { disposition: (subject) => subject.recorder(), needs: [] },
    SIG_IGN: { disposition: () => Promise.resolve("SIG_IGN"), needs: [] },
    SIG_DFL: { disposition: () => Promise.resolve("SIG_DFL"), needs: ["default-int-handler"] },
  };
}

interface ForeignDisposition {
  readonly disposition: (subject: Subject) => Promise<Disposition>;
  readonly needs: readonly Feature[];
}

/** A main that is interrupted while it waits. */
function interrupted(subject: Subject) {
  return subject.coroutine(async (co) => {
    const forever = await (await subject.getRunningLoop()).createFuture();
    await subject.onceSuspended(() => {
      subject.interrupt();
    });
    await co.await(forever);
  });
}

/** A coroutine that waits for ever and calls `cleanUp` when it is cancelled. */
function leftoverThat(subject: Subject, cleanUp: () => Promise<void>) {
  return subject.coroutine(async (co) => {
    const forever = await (await subject.getRunningLoop()).createFuture();
    try {
      await co.await(forever);
    } finally {
      await cleanUp();
    }
  });
}

/** A main that starts `leftover` as a task, lets it run once and returns. */
function startingFirst(subject: Subject, leftover: unknown) {
  return subject.coroutine(async (co) => {
    await (await subject.getRunningLoop()).createTask(leftover);
    await co.await(await subject.sleep(0));
  });
}
