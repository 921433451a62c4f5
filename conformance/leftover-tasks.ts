import { verifies } from "../harness/judge/suite";
import type { RemoteFuture, RemoteLoop } from "../harness/subject/objects";
import type { Activation } from "../harness/subject/activation";
import { expect } from "../harness/subject/assertions";
import type { Puppet } from "../harness/subject/puppets";
import type { RemoteException } from "../harness/subject/remote";
import { failureOf, type Subject } from "../harness/subject/subject";
import { anyOrder, newTrace } from "../harness/subject/trace";
import { leftoverTasks } from "../spec/families/leftover-tasks";
import { waysToRun } from "./ways";

const exceptions = [
  "ValueError",
  "CancelledError",
  "SystemExit",
  "KeyboardInterrupt",
  "GeneratorExit",
  "PrivateBaseException",
];

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    leftoverTasks.cancelled,
    `delivers the cancellation to each through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const leftover = (name: string) =>
        cancellable(subject, (error) => {
          trace(`${name} gets ${error.type}`);
          throw error;
        });
      const main = leaving(subject, [leftover("one"), leftover("two")], () => {
        trace("main ends");
      });

      await run(subject, main);
      trace("run ends");

      expect(trace).to.tell([
        "main ends",
        anyOrder("one gets CancelledError", "two gets CancelledError"),
        "run ends",
      ]);
    },
  );

  for (const type of exceptions) {
    verifies(
      leftoverTasks["cancelled.when-main-fails"],
      `cleans up after ${type} through ${way}`,
      options,
      async (subject) => {
        const trace = newTrace();
        const leftover = cancellable(subject, async (error, co) => {
          trace("leftover is cancelled");
          await pause(subject, co);
          trace("leftover has cleaned up");
          throw error;
        });
        const failure = await subject.exception(type);
        const main = leaving(subject, [leftover], () => {
          throw failure;
        });

        await failureOf(run(subject, main));
        trace("run ends");

        expect(trace).to.tell(["leftover is cancelled", "leftover has cleaned up", "run ends"]);
      },
    );
  }

  verifies(
    leftoverTasks["cancelled.together"],
    `cancels the second before the first has cleaned up through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const leftover = () =>
        cancellable(subject, async (error, co) => {
          trace("cancelled");
          await pause(subject, co);
          trace("cleaned up");
          throw error;
        });

      await run(subject, leaving(subject, [leftover(), leftover()]));

      expect(trace).to.tell(["cancelled", "cancelled", "cleaned up", "cleaned up"]);
    },
  );

  verifies(
    leftoverTasks["cancelled.once"],
    `lets one that swallows the cancellation end by itself through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const nonce = subject.nonce();
      const leftover = cancellable(subject, async (_, co) => {
        trace("cancelled");
        await pause(subject, co).catch(() => {
          trace("cancelled again");
        });
        return nonce;
      });
      let task: RemoteFuture | undefined;
      const main = leaving(subject, [leftover], (tasks) => {
        [task] = tasks;
      });

      await run(subject, main);
      trace("run ends");

      expect(trace).to.tell(["cancelled", "run ends"]);
      expect(await task?.result()).to.equal(nonce);
    },
  );

  verifies(
    leftoverTasks.awaited,
    `lets a cleanup that awaits finish through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const leftover = cancellable(subject, async (error, co) => {
        trace("cleanup begins");
        await co.await(await subject.sleep(0));
        await pause(subject, co);
        await co.await(await subject.sleep(0));
        trace("cleanup ends");
        throw error;
      });

      await run(subject, leaving(subject, [leftover]));
      trace("run ends");

      expect(trace).to.tell(["cleanup begins", "cleanup ends", "run ends"]);
    },
  );

  verifies(
    leftoverTasks["awaited.on-a-live-loop"],
    `keeps its loop running for them through ${way}`,
    options,
    async (subject) => {
      const seen: unknown[] = [];
      const leftover = cancellable(subject, async (error, co) => {
        await pause(subject, co);
        const loop = await subject.getRunningLoop();
        seen.push(loop, await loop.isRunning(), await loop.isClosed());
        throw error;
      });
      let loop: RemoteLoop | undefined;
      const main = leaving(subject, [leftover], async () => {
        loop = await subject.getRunningLoop();
      });

      await run(subject, main);

      expect(seen).to.deep.equal([loop, true, false]);
    },
  );

  verifies(
    leftoverTasks["awaited.not-their-own-children"],
    `ends while such a task never would through ${way}`,
    options,
    async (subject) => {
      const child = cancellable(subject, (error) => {
        throw error;
      });
      const leftover = cancellable(subject, async (error) => {
        await (await subject.getRunningLoop()).createTask(child);
        throw error;
      });
      const nonce = subject.nonce();

      expect(
        await run(
          subject,
          leaving(subject, [leftover], () => nonce),
        ),
      ).to.equal(nonce);
    },
  );

  verifies(
    leftoverTasks["errors.reported"],
    `calls the exception handler through ${way}`,
    options,
    async (subject) => {
      const handler = await subject.recorder();
      const failure = await subject.exception("ZeroDivisionError", subject.nonce());
      const leftover = cancellable(subject, () => {
        throw failure;
      });
      let loop: RemoteLoop | undefined;
      let task: RemoteFuture | undefined;
      const main = leaving(subject, [leftover], async (tasks) => {
        [task] = tasks;
        loop = await subject.getRunningLoop();
        await loop.setExceptionHandler(handler);
      });

      await run(subject, main);

      const calls = await handler.calls();
      expect(calls).to.have.length(1);
      const [reporter, report] = calls[0] as [RemoteLoop, Report];
      expect(reporter).to.equal(loop);
      expect(report.exception).to.equal(failure);
      expect(report.task).to.equal(task);
      expect(report.message).to.be.a("string");
    },
  );

  verifies(
    leftoverTasks["errors.keep-the-outcome"],
    `keeps main's value through ${way}`,
    options,
    async (subject) => {
      const value = await subject.object();

      expect(
        await run(
          subject,
          leaving(subject, [await raising(subject)], () => value),
        ),
      ).to.equal(value);
    },
  );

  verifies(
    leftoverTasks["errors.keep-the-outcome"],
    `keeps main's exception through ${way}`,
    options,
    async (subject) => {
      const failure = await subject.exception("ValueError", subject.nonce());
      const main = leaving(subject, [await raising(subject)], () => {
        throw failure;
      });

      expect(await failureOf(run(subject, main))).to.equal(failure);
    },
  );

  verifies(
    leftoverTasks["errors.cancellation-is-none"],
    `does not call the exception handler through ${way}`,
    options,
    async (subject) => {
      const handler = await subject.recorder();
      const trace = newTrace();
      const leftover = cancellable(subject, (error) => {
        trace("leftover is cancelled");
        throw error;
      });
      const main = leaving(subject, [leftover], async () => {
        await (await subject.getRunningLoop()).setExceptionHandler(handler);
      });

      await run(subject, main);

      expect(trace).to.tell(["leftover is cancelled"]);
      expect(await handler.calls()).to.deep.equal([]);
    },
  );

  for (const type of ["SystemExit", "KeyboardInterrupt"]) {
    verifies(
      leftoverTasks["errors.exit-requests-escape"],
      `raises ${type} and closes the loop through ${way}`,
      options,
      async (subject) => {
        const exit = await subject.exception(type, subject.nonce());
        const leftover = cancellable(subject, () => {
          throw exit;
        });
        let loop: RemoteLoop | undefined;
        const main = leaving(subject, [leftover], async () => {
          loop = await subject.getRunningLoop();
        });

        expect(await failureOf(run(subject, main))).to.equal(exit);
        expect(await loop?.isClosed(), "is_closed()").to.equal(true);
      },
    );
  }
}

/** What an exception handler is told about a leftover task. */
interface Report {
  readonly message: unknown;
  readonly exception: unknown;
  readonly task: unknown;
}

/** A main that starts these coroutines as tasks, lets each run until it waits, and then does `last`. */
function leaving(
  subject: Subject,
  leftovers: readonly Puppet[],
  last: (tasks: readonly RemoteFuture[]) => unknown = () => null,
): Puppet {
  return subject.coroutine(async (co) => {
    const loop = await subject.getRunningLoop();
    const tasks: RemoteFuture[] = [];
    for (const leftover of leftovers) tasks.push(await loop.createTask(leftover));
    await co.await(await subject.sleep(0));
    return last(tasks);
  });
}

/** A coroutine that waits for ever; `onCancel` decides how it takes being cancelled. */
function cancellable(
  subject: Subject,
  onCancel: (error: RemoteException, co: Activation) => unknown,
): Puppet {
  return subject.coroutine(async (co) => {
    const never = await (await subject.getRunningLoop()).createFuture();
    try {
      return await co.await(never);
    } catch (error) {
      return onCancel(error as RemoteException, co);
    }
  });
}

/** A leftover whose cleanup raises. */
async function raising(subject: Subject): Promise<Puppet> {
  const failure = await subject.exception("ZeroDivisionError", subject.nonce());
  return cancellable(subject, () => {
    throw failure;
  });
}

/** A wait that takes the loop a few turns. */
const pause = async (subject: Subject, co: Activation) => co.await(await subject.sleep(0.01));
