import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { RemoteLoop } from "../harness/subject/objects";
import type { Puppet } from "../harness/subject/puppets";
import { failureOf, type Subject } from "../harness/subject/subject";
import { newTrace } from "../harness/subject/trace";
import { loopLifecycle } from "../spec/families/loop-lifecycle";
import { waysToRun } from "./ways";

verifies(loopLifecycle["new-each-run"], "uses another loop in each call", async (subject) => {
  const main = () => subject.coroutine(() => subject.getRunningLoop());

  const [first, second] = [await subject.run(main()), await subject.run(main())];

  expect(first).to.have.property("kind", "loop");
  expect(second).to.have.property("kind", "loop");
  expect(second).not.to.equal(first);
});

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    loopLifecycle["running-inside"],
    `has an open loop running inside ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async () => {
        const loop = await subject.getRunningLoop();

        expect([await loop.isRunning(), await loop.isClosed()]).to.deep.equal([true, false]);
      });

      await run(subject, main);
    },
  );

  verifies(
    loopLifecycle["none-running-after"],
    `leaves no running loop after ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(() => subject.getRunningLoop());

      const loop = (await run(subject, main)) as RemoteLoop;

      expect(await loop.isRunning(), "is_running()").to.equal(false);
      expect(await failureOf(subject.getRunningLoop())).to.be.remote("RuntimeError");
    },
  );

  verifies(
    loopLifecycle["callers-loop-spared"],
    `leaves the caller's loop alone in ${way}`,
    options,
    async (subject) => {
      const callers = await subject.newEventLoop();
      await subject.setEventLoop(callers);
      const main = subject.coroutine(() => subject.getRunningLoop());

      expect(await run(subject, main)).not.to.equal(callers);
      expect(await callers.isClosed(), "is_closed()").to.equal(false);
      await callers.close();
    },
  );

  verifies(
    loopLifecycle["timers-discarded"],
    `does not wait for a timer in ${way}`,
    options,
    async (subject) => {
      const answer = subject.nonce();
      const main = subject.coroutine(async () => {
        const loop = await subject.getRunningLoop();
        await loop.callLater(3600, subject.untouchedFunction());
        return answer;
      });

      expect(await run(subject, main)).to.equal(answer);
    },
  );
}

verifies(loopLifecycle["closed-after-return"], "closes the loop", async (subject) => {
  const main = subject.coroutine(() => subject.getRunningLoop());

  const loop = (await subject.run(main)) as RemoteLoop;

  expect(await loop.isClosed(), "is_closed()").to.equal(true);
});

verifies(
  loopLifecycle["closed-after-exception"],
  "closes the loop after ValueError",
  async (subject) => {
    await expectClosedAfter(subject, "ValueError");
  },
);

const notOrdinary = [
  "SystemExit",
  "KeyboardInterrupt",
  "CancelledError",
  "GeneratorExit",
  "PrivateBaseException",
];
for (const type of notOrdinary) {
  verifies(
    loopLifecycle["closed-after-base-exception"],
    `closes the loop after ${type}`,
    async (subject) => {
      await expectClosedAfter(subject, type);
    },
  );
}

verifies(
  loopLifecycle["runs-in-sequence"],
  "runs three times, once after a failure",
  async (subject) => {
    const answers = [subject.nonce(), subject.nonce()];
    const error = await subject.exception("ValueError", subject.nonce());
    const failing = subject.coroutine(() => {
      throw error;
    });

    expect(await subject.run(subject.coroutine(() => answers[0]))).to.equal(answers[0]);
    expect(await failureOf(subject.run(failing))).to.equal(error);
    expect(await subject.run(subject.coroutine(() => answers[1]))).to.equal(answers[1]);
  },
);

verifies(
  loopLifecycle["stopped-by-main"],
  "raises RuntimeError, cancels main and closes the loop",
  async (subject) => {
    const trace = newTrace();
    let loop: RemoteLoop | undefined;
    const main = subject.coroutine(async (co) => {
      loop = await subject.getRunningLoop();
      await loop.stop();
      const raised = await failureOf(co.await(await loop.createFuture()));
      trace(`main gets ${raised.type}`);
      throw raised;
    });

    const raised = await failureOf(subject.run(main));
    trace(`run raises ${raised.type}`);

    expect(trace).to.tell(["main gets CancelledError", "run raises RuntimeError"]);
    expect(await loop?.isClosed(), "is_closed()").to.equal(true);
  },
);

for (const step of ["shutdown_asyncgens", "shutdown_default_executor"]) {
  verifies(
    loopLifecycle["closed-when-shutdown-fails"],
    `run() closes the loop when ${step} raises`,
    { needs: ["run"], since: "3.12" },
    async (subject) => {
      const { loop, error, main } = await failingAt(subject, step);
      const loopFactory = subject.function(() => loop);

      expect(await failureOf(subject.run(main, { loopFactory }))).to.equal(error);
      expect(await loop.isClosed(), "is_closed()").to.equal(true);
    },
  );

  verifies(
    loopLifecycle["closed-when-shutdown-fails"],
    `Runner.close() closes the loop when ${step} raises`,
    { needs: ["runner"] },
    async (subject) => {
      const { loop, error, main } = await failingAt(subject, step);
      const runner = await subject.Runner({ loopFactory: subject.function(() => loop) });

      await runner.run(main);

      expect(await failureOf(runner.close())).to.equal(error);
      expect(await loop.isClosed(), "is_closed()").to.equal(true);
    },
  );
}

/** Runs a main that raises an exception of that class and expects it back, and the loop closed. */
async function expectClosedAfter(subject: Subject, type: string): Promise<void> {
  const error = await subject.exception(type, subject.nonce());
  let loop: RemoteLoop | undefined;
  const main = subject.coroutine(async () => {
    loop = await subject.getRunningLoop();
    throw error;
  });

  expect(await failureOf(subject.run(main))).to.be.remote(type);
  expect(await loop?.isClosed(), "is_closed()").to.equal(true);
}

/** A loop whose `step` of the shutdown raises `error`, and a main that must run on it. */
async function failingAt(
  subject: Subject,
  step: string,
): Promise<{ loop: RemoteLoop; error: Error; main: Puppet }> {
  const error = await subject.exception("ValueError", subject.nonce());
  const loop = await subject.recordingLoop({ fail: { [step]: error } });
  const main = subject.coroutine(async () => {
    expect(await subject.getRunningLoop()).to.equal(loop);
  });
  return { loop, error, main };
}
