import { verifies } from "../../harness/judge/suite";
import type { Activation } from "../../harness/subject/activation";
import { expect } from "../../harness/subject/assertions";
import type { RemoteException } from "../../harness/subject/remote";
import { failureOf, type Subject } from "../../harness/subject/subject";
import { newTrace } from "../../harness/subject/trace";
import { interrupt } from "../../spec/families/interrupt";
import { waysToRun } from "../ways";
import { interruptWhileBusy, waitForInterrupt } from "./interrupting";

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    interrupt["first-cancels-main"],
    `unwinds main through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const main = subject.coroutine(async (co) => {
        try {
          await waitForInterrupt(subject, co);
        } catch (error) {
          expect(error).to.be.remote("CancelledError");
          trace("main is cancelled");
          throw error;
        } finally {
          await co.await(await subject.sleep(0));
          trace("cleanup has awaited");
        }
      });

      await failureOf(run(subject, main));

      expect(trace).to.tell(["main is cancelled", "cleanup has awaited"]);
    },
  );

  verifies(
    interrupt["first-ends-in-keyboard-interrupt"],
    `raises KeyboardInterrupt through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine((co) => waitForInterrupt(subject, co));

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );

  verifies(
    interrupt["first-is-one-cancel-request"],
    `counts one request through ${way}`,
    options,
    async (subject) => {
      let requests: number | undefined;
      const main = subject.coroutine(async (co) => {
        const task = await subject.currentTask();
        try {
          await waitForInterrupt(subject, co);
        } finally {
          requests = await task.cancelling();
        }
      });

      await failureOf(run(subject, main));

      expect(requests).to.equal(1);
    },
  );

  verifies(
    interrupt["first-cancels-without-message"],
    `raises a bare CancelledError in main through ${way}`,
    options,
    async (subject) => {
      let raised: unknown;
      const main = subject.coroutine(async (co) => {
        raised = await failureOf(waitForInterrupt(subject, co));
      });

      await run(subject, main);

      expect(raised).to.be.remote("CancelledError");
      expect((raised as RemoteException).remote.message, "its message").to.equal("");
    },
  );

  verifies(
    interrupt["first-cancels-what-main-awaits"],
    `cancels the awaited future through ${way}`,
    options,
    async (subject) => {
      let cancelled: boolean | undefined;
      const main = subject.coroutine(async (co) => {
        const awaited = await (await subject.getRunningLoop()).createFuture();
        await subject.onceSuspended(() => {
          subject.interrupt();
        });
        try {
          await co.await(awaited);
        } finally {
          cancelled = await awaited.cancelled();
        }
      });

      await failureOf(run(subject, main));

      expect(cancelled).to.equal(true);
    },
  );

  verifies(
    interrupt["first-cancels-what-main-awaits"],
    `cancels a task inside gather() through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const child = subject.coroutine(async (co) => {
        try {
          await waitForInterrupt(subject, co);
        } finally {
          trace("the child unwinds");
        }
      });
      const main = subject.coroutine(async (co) => {
        await co.await(await subject.ask("asyncio.gather", { args: [child] }));
      });

      const raised = await failureOf(run(subject, main));

      expect(raised).to.be.remote("KeyboardInterrupt");
      expect(trace).to.tell(["the child unwinds"]);
    },
  );

  verifies(
    interrupt["first-spares-synchronous-code"],
    `goes on until the next await through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const main = subject.coroutine(async (co) => {
        await interruptWhileBusy(subject, co);
        trace("synchronous code goes on");
        try {
          await co.await(await subject.sleep(0));
        } catch (error) {
          expect(error).to.be.remote("CancelledError");
          trace("the next await is cancelled");
          throw error;
        }
      });

      await failureOf(run(subject, main));

      expect(trace).to.tell(["synchronous code goes on", "the next await is cancelled"]);
    },
  );

  verifies(
    interrupt["first-wakes-idle-loop"],
    `wakes it through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async (co) => {
        const forever = await (await subject.getRunningLoop()).createFuture();
        await subject.onceSuspended(() => {
          subject.interrupt();
        });
        await co.await(forever);
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );

  verifies(
    interrupt["swallowed-gives-the-value"],
    `returns main's value through ${way}`,
    options,
    async (subject) => {
      const value = subject.nonce();
      const main = subject.coroutine(async (co) => {
        await failureOf(waitForInterrupt(subject, co));
        return value;
      });

      expect(await run(subject, main)).to.equal(value);
    },
  );

  for (const type of ["ValueError", "SystemExit"]) {
    verifies(
      interrupt["converted-escapes"],
      `lets ${type} escape through ${way}`,
      options,
      async (subject) => {
        const own = await subject.exception(type, subject.nonce());
        const main = subject.coroutine(async (co) => {
          await failureOf(waitForInterrupt(subject, co));
          throw own;
        });

        expect(await failureOf(run(subject, main))).to.equal(own);
      },
    );
  }

  verifies(
    interrupt["unrelated-error-escapes"],
    `lets main's error escape through ${way}`,
    options,
    async (subject) => {
      const own = await subject.exception("ValueError", subject.nonce());
      const main = subject.coroutine(async (co) => {
        await interruptWhileBusy(subject, co);
        throw own;
      });

      expect(await failureOf(run(subject, main))).to.equal(own);
    },
  );

  verifies(
    interrupt["pending-beats-return"],
    `drops main's value through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async (co) => {
        await interruptWhileBusy(subject, co);
        return subject.nonce();
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );

  for (const uncancels of [false, true]) {
    verifies(
      interrupt["raised-later-becomes-keyboard-interrupt"],
      `${uncancels ? "with" : "without"} uncancel() through ${way}`,
      options,
      async (subject) => {
        const own = await subject.exception("CancelledError", subject.nonce());
        const main = subject.coroutine(async (co) => {
          await failureOf(waitForInterrupt(subject, co));
          if (uncancels) await (await subject.currentTask()).uncancel();
          throw own;
        });

        expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
      },
    );
  }

  for (const [order, cancelTwice] of Object.entries(ordersOfCancelling())) {
    verifies(
      interrupt["with-other-cancel-stays-cancelled"],
      `when the other cancel comes ${order} through ${way}`,
      options,
      async (subject) => {
        const main = subject.coroutine(async (co) => {
          await cancelTwice(subject, co);
          await co.await(await subject.sleep(0));
        });

        expect(await failureOf(run(subject, main))).to.be.remote("CancelledError");
      },
    );
  }
}

verifies(
  interrupt["first-spares-other-tasks"],
  "lets a background task go on in the next run",
  async (subject) => {
    const value = subject.nonce();
    const runner = await subject.Runner();
    const loop = await runner.getLoop();
    const release = await loop.createFuture();
    const background = subject.coroutine(async (co) => {
      await co.await(release);
      return value;
    });
    const task = await loop.createTask(background);

    await failureOf(runner.run(subject.coroutine((co) => waitForInterrupt(subject, co))));
    await release.setResult(null);
    const goneOn = await runner.run(subject.coroutine((co) => co.await(task)));
    await runner.close();

    expect(goneOn).to.equal(value);
  },
);

verifies(interrupt["first-before-main-starts"], "keeps main from starting", async (subject) => {
  const runner = await subject.Runner();
  const loop = await runner.getLoop();
  await loop.callSoon(
    subject.callable(async (co) => {
      await interruptWhileBusy(subject, co);
    }),
  );

  const raised = await failureOf(runner.run(subject.untouchedCoroutine()));
  await runner.close();

  expect(raised).to.be.remote("KeyboardInterrupt");
});

function ordersOfCancelling(): Record<string, (subject: Subject, co: Activation) => Promise<void>> {
  return {
    first: async (subject, co) => {
      await (await subject.currentTask()).cancel();
      await interruptWhileBusy(subject, co);
    },
    second: async (subject, co) => {
      await interruptWhileBusy(subject, co);
      await (await subject.currentTask()).cancel();
    },
    "after main swallowed the SIGINT": async (subject, co) => {
      await failureOf(waitForInterrupt(subject, co));
      await (await subject.currentTask()).cancel();
    },
  };
}
