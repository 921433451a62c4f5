import { verifies } from "../harness/judge/suite";
import type { Activation } from "../harness/subject/activation";
import { expect } from "../harness/subject/assertions";
import type { RemoteException } from "../harness/subject/remote";
import { failureOf, type Subject } from "../harness/subject/subject";
import { newTrace } from "../harness/subject/trace";
import { interrupt } from "../spec/families/interrupt";
import { waysToRun } from "./ways";

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

  verifies(
    interrupt["second-is-immediate"],
    `ends a tight loop through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine((co) =>
        co.spin(async (beats) => {
          subject.interrupt();
          await beats(3);
          subject.interrupt();
          await beats(1000);
          expect.fail(
            "expected an end of the tight loop, got 1000 more signs of life after the second SIGINT",
          );
        }),
      );

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );

  verifies(
    interrupt["second-counts-after-swallowing"],
    `ends the run through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async (co) => {
        await failureOf(waitForInterrupt(subject, co));
        await (await subject.currentTask()).uncancel();
        await co.spin(async (beats) => {
          subject.interrupt();
          await beats(1000);
          expect.fail(
            "expected an end of the run, got 1000 more signs of life after the second SIGINT",
          );
        });
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );

  verifies(
    interrupt["after-main-is-done"],
    `raises KeyboardInterrupt through ${way}`,
    options,
    async (subject) => {
      const callback = subject.callable(async (co) => {
        await interruptWhileBusy(subject, co);
      });
      const main = subject.coroutine(async () => {
        await (await subject.currentTask()).addDoneCallback(callback);
        return subject.nonce();
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );

  verifies(
    interrupt["reaches-other-awaitables"],
    `cancels an awaitable through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const main = subject.awaitable(async (co) => {
        try {
          await waitForInterrupt(subject, co);
        } catch (error) {
          expect(error).to.be.remote("CancelledError");
          trace("the awaitable is cancelled");
          throw error;
        }
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
      expect(trace).to.tell(["the awaitable is cancelled"]);
    },
  );

  verifies(
    interrupt["raised-by-callback-escapes"],
    `escapes and cancels main through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const raised = await subject.exception("KeyboardInterrupt", subject.nonce());
      const callback = subject.function(() => {
        throw raised;
      });
      const main = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        await loop.callSoon(callback);
        try {
          await co.await(await loop.createFuture());
        } finally {
          trace("main unwinds");
        }
      });

      expect(await failureOf(run(subject, main))).to.equal(raised);
      expect(trace).to.tell(["main unwinds"]);
    },
  );
}

verifies(
  interrupt["spares-other-signals"],
  "leaves SIGTERM with the handler it had",
  { needs: ["run"] },
  async (subject) => {
    const handler = await subject.recorder();
    await subject.ask("signal.signal", { args: ["SIGTERM", handler] });
    const handlerNow = () => subject.ask("signal.getsignal", { args: ["SIGTERM"] });
    let during: unknown;
    const main = subject.coroutine(async () => {
      during = await handlerNow();
    });

    await subject.run(main);

    expect([during, await handlerNow()]).to.deep.equal([handler, handler]);
  },
);

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

verifies(
  interrupt["second-does-not-cancel"],
  "leaves main pending, and it goes on in the next run",
  async (subject) => {
    const value = subject.nonce();
    const runner = await subject.Runner();
    const release = await (await runner.getLoop()).createFuture();
    let task: Awaited<ReturnType<Subject["currentTask"]>> | undefined;
    const main = subject.coroutine(async (co) => {
      task = await subject.currentTask();
      await failureOf(waitForInterrupt(subject, co));
      await subject.onceSuspended(() => {
        subject.interrupt();
      });
      await co.await(release);
      return value;
    });

    const raised = await failureOf(runner.run(main));
    expect(raised).to.be.remote("KeyboardInterrupt");
    expect([await task?.done(), await task?.cancelling()]).to.deep.equal([false, 1]);

    await release.setResult(null);
    expect(await runner.run(subject.coroutine((co) => co.await(task)))).to.equal(value);
    await runner.close();
  },
);

verifies(
  interrupt["second-then-shutdown-cancels"],
  "cancels the pending main once more and waits for it",
  async (subject) => {
    const trace = newTrace();
    const main = subject.coroutine(async (co) => {
      const loop = await subject.getRunningLoop();
      const task = await subject.currentTask();
      await failureOf(waitForInterrupt(subject, co));
      trace("main is cancelled");
      await subject.onceSuspended(() => {
        subject.interrupt();
      });
      try {
        await co.await(await loop.createFuture());
      } finally {
        trace(`cleanup is cancelled, ${String(await task.cancelling())} requests`);
        await co.await(await subject.sleep(0));
        trace("cleanup ends");
      }
    });

    expect(await failureOf(subject.run(main))).to.be.remote("KeyboardInterrupt");
    expect(trace).to.tell([
      "main is cancelled",
      "cleanup is cancelled, 2 requests",
      "cleanup ends",
    ]);
  },
);

verifies(interrupt["count-starts-afresh"], "is graceful in three runs", async (subject) => {
  const trace = newTrace();
  const runner = await subject.Runner();
  for (const number of [1, 2, 3]) {
    const main = subject.coroutine(async (co) => {
      const seen = await failureOf(waitForInterrupt(subject, co));
      trace(`run ${number}: ${seen.type}`);
      throw seen;
    });
    trace(`run ${number} raises ${(await failureOf(runner.run(main))).type}`);
  }
  await runner.close();

  expect(trace).to.tell(
    [1, 2, 3].flatMap((number) => [
      `run ${number}: CancelledError`,
      `run ${number} raises KeyboardInterrupt`,
    ]),
  );
});

verifies(
  interrupt["during-shutdown-is-plain"],
  "raises KeyboardInterrupt and closes the loop",
  async (subject) => {
    let loop: Awaited<ReturnType<Subject["getRunningLoop"]>> | undefined;
    const leftover = subject.coroutine(async (co) => {
      loop = await subject.getRunningLoop();
      await failureOf(co.await(await loop.createFuture()));
      await waitForInterrupt(subject, co);
    });
    const main = subject.coroutine(async (co) => {
      await (await subject.getRunningLoop()).createTask(leftover);
      await co.await(await subject.sleep(0));
    });

    const raised = await failureOf(subject.run(main));

    expect(raised).to.be.remote("KeyboardInterrupt");
    expect(await loop?.isClosed(), "is_closed()").to.equal(true);
  },
);

verifies(
  interrupt["during-executor-wait-is-prompt"],
  "raises KeyboardInterrupt and closes the loop",
  async (subject) => {
    const gate = subject.gate();
    const job = await subject.job({ until: gate });
    let loop: Awaited<ReturnType<Subject["getRunningLoop"]>> | undefined;
    const main = subject.coroutine(async () => {
      loop = await subject.getRunningLoop();
      await loop.runInExecutor(job);
    });

    const running = subject.run(main);
    await main.finished;
    // Earlier, the SIGINT would end the run of main, and the executor's job would still be waited for.
    await subject.conversation.idle();
    await subject.expectPending(running, "the run");
    subject.interrupt();
    const raised = await failureOf(running);

    expect(raised).to.be.remote("KeyboardInterrupt");
    expect(await loop?.isClosed(), "is_closed()").to.equal(true);
    gate.open();
  },
);

verifies(
  interrupt["between-runs-is-plain"],
  "raises in the code between two runs",
  async (subject) => {
    const value = subject.nonce();
    let between: RemoteException | undefined;
    const runner = await subject.Runner();
    const body = subject.callable(async (co) => {
      await runner.run(subject.coroutine(() => null));
      between = await failureOf(interruptWhileBusy(subject, co));
      return runner.run(subject.coroutine(() => value));
    });

    expect(await runner.with(body)).to.equal(value);
    expect(between).to.be.remote("KeyboardInterrupt");
  },
);

verifies(
  interrupt["is-immediate-before-3.11"],
  "raises KeyboardInterrupt although main returns a value in its cleanup",
  async (subject) => {
    const trace = newTrace();
    const main = subject.coroutine(async (co) => {
      trace(`main gets ${(await failureOf(waitForInterrupt(subject, co))).type}`);
      return subject.nonce();
    });

    const raised = await failureOf(subject.run(main));

    expect(raised).to.be.remote("KeyboardInterrupt");
    expect(trace).to.tell(["main gets CancelledError"]);
  },
);

verifies(
  interrupt["is-immediate-before-3.11"],
  "raises KeyboardInterrupt inside synchronous code of main",
  { needs: ["default-int-handler"] },
  async (subject) => {
    const trace = newTrace();
    const main = subject.coroutine(async (co) => {
      const seen = await failureOf(interruptWhileBusy(subject, co));
      trace(`main gets ${seen.type}`);
      throw seen;
    });

    expect(await failureOf(subject.run(main))).to.be.remote("KeyboardInterrupt");
    expect(trace).to.tell(["main gets KeyboardInterrupt"]);
  },
);

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

/** Suspends for ever and has the subject interrupted once it is suspended. */
async function waitForInterrupt(subject: Subject, co: Activation): Promise<void> {
  const forever = await (await subject.getRunningLoop()).createFuture();
  await subject.onceSuspended(() => {
    subject.interrupt();
  });
  await co.await(forever);
}

/** Keeps the thread busy until a SIGINT has surely arrived, then goes on. */
const interruptWhileBusy = (subject: Subject, co: Activation): Promise<void> =>
  co.spin(async (beats) => {
    subject.interrupt();
    await beats(3);
  });
