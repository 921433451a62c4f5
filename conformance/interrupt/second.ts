import { verifies } from "../../harness/judge/suite";
import { expect } from "../../harness/subject/assertions";
import { failureOf, type Subject } from "../../harness/subject/subject";
import { newTrace } from "../../harness/subject/trace";
import { interrupt } from "../../spec/families/interrupt";
import { waysToRun } from "../ways";
import { waitForInterrupt } from "./interrupting";

/**
 * Signs of life after the second SIGINT that make it late: a second of the subject's own work. It counts in its work and
 * not by the clock, since a busy machine is no fault of its; those that obey show three at most.
 */
const tooMany = 200;

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
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
          await beats(tooMany);
          expect.fail(
            `expected an end of the tight loop, got ${tooMany} more signs of life after the second SIGINT`,
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
          await beats(tooMany);
          expect.fail(
            `expected an end of the run, got ${tooMany} more signs of life after the second SIGINT`,
          );
        });
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );
}

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
