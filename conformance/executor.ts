import { verifies } from "../harness/judge/suite";
import type { Activation } from "../harness/subject/activation";
import { expect } from "../harness/subject/assertions";
import type { RemoteJob, RemoteLoop } from "../harness/subject/objects";
import { failureOf, type Subject } from "../harness/subject/subject";
import { newTrace } from "../harness/subject/trace";
import { executor } from "../spec/families/executor";
import { waysToRun } from "./ways";
import { madeBy, waysWithFactory } from "./ways-with-options";

const exceptions = ["ValueError", "CancelledError", "SystemExit", "PrivateBaseException"];

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    executor["waits-for-jobs"],
    `returns after a job nobody awaits through ${way}`,
    options,
    async (subject) => {
      const nonce = subject.nonce();
      const gate = subject.gate();
      const job = await subject.job({ until: gate });
      const main = subject.coroutine(async (co) => {
        await starting(subject, co, job);
        return nonce;
      });

      const running = run(subject, main);
      await main.finished;
      await subject.expectPending(running, "the run");
      gate.open();

      expect(await running).to.equal(nonce);
      expect(await job.state()).to.equal("finished");
    },
  );

  for (const type of exceptions) {
    verifies(
      executor["waits-for-jobs.when-main-fails"],
      `ends after a job when main raised ${type} through ${way}`,
      options,
      async (subject) => {
        const failure = await subject.exception(type, subject.nonce());
        const gate = subject.gate();
        const job = await subject.job({ until: gate });
        const main = subject.coroutine(async (co) => {
          await starting(subject, co, job);
          throw failure;
        });

        const running = failureOf(run(subject, main));
        await main.finished;
        await subject.expectPending(running, "the run");
        gate.open();

        expect((await running).type).to.equal(type);
        expect(await job.state()).to.equal("finished");
      },
    );
  }

  verifies(
    executor["leaves-no-threads"],
    `ends with as many threads as before through ${way}`,
    options,
    async (subject) => {
      const before = await subject.activeThreads();
      const gate = subject.gate();
      let during = 0;
      const main = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        const jobs = [];
        for (let i = 0; i < 3; i++) {
          jobs.push(await loop.runInExecutor(await subject.job({ until: gate })));
        }
        during = await subject.activeThreads();
        gate.open();
        for (const job of jobs) await co.await(job);
      });

      await run(subject, main);

      expect(during).to.be.greaterThan(before);
      expect(await subject.activeThreads()).to.equal(before);
    },
  );
}

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    executor["is-the-installed-one"],
    `waits for the one that main installed and shuts it down through ${way}`,
    options,
    async (subject) => {
      const installed = await subject.executor();
      const gate = subject.gate();
      const job = await subject.job({ until: gate });
      const main = subject.coroutine(async (co) => {
        await (await subject.getRunningLoop()).setDefaultExecutor(installed);
        await starting(subject, co, job);
      });

      const running = run(subject, main);
      await main.finished;
      await subject.expectPending(running, "the run");
      gate.open();
      await running;

      const late = await subject.job();
      expect(await failureOf(installed.submit(late))).to.be.remote("RuntimeError");
      expect([await job.state(), await late.state()]).to.deep.equal(["finished", "new"]);
    },
  );

  verifies(
    executor["is-the-installed-one"],
    `leaves alone one that main only used through ${way}`,
    options,
    async (subject) => {
      const used = await subject.executor();
      const [ours, byDefault] = [await subject.job(), await subject.job()];
      const main = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        await co.await(await loop.runInExecutor(ours, used));
        await co.await(await loop.runInExecutor(byDefault));
      });

      await run(subject, main);

      await used.submit(await subject.job());
    },
  );
}

verifies(executor["does-not-wait-before-3.9"], "returns before the job", async (subject) => {
  const gate = subject.gate();
  const job = await subject.job({ until: gate });
  const main = subject.coroutine((co) => starting(subject, co, job));

  await subject.run(main);

  expect(await job.state()).to.equal("running");
  gate.open();
});

verifies(executor["kept-between-runs"], "uses it in two runs", async (subject) => {
  const nonces = [subject.nonce(), subject.nonce()];
  const runner = await subject.Runner();

  for (const nonce of nonces) {
    const job = await subject.job({ thenReturn: nonce });
    const main = subject.coroutine(async (co) =>
      co.await(await (await subject.getRunningLoop()).runInExecutor(job)),
    );
    expect(await runner.run(main)).to.equal(nonce);
  }

  await runner.close();
});

verifies(
  executor["kept-between-runs"],
  "waits in close(), not in run(), for a job of the first run",
  async (subject) => {
    const trace = newTrace();
    const gate = subject.gate();
    const job = await subject.job({ until: gate });
    const runner = await subject.Runner();

    await runner.run(subject.coroutine((co) => starting(subject, co, job)));
    trace(`after the first run the job is ${await job.state()}`);
    await runner.run(subject.coroutine(() => null));
    trace(`after the second run the job is ${await job.state()}`);
    gate.open();
    await runner.close();
    trace(`after close() the job is ${await job.state()}`);

    expect(trace).to.tell([
      "after the first run the job is running",
      "after the second run the job is running",
      "after close() the job is finished",
    ]);
  },
);

for (const [way, { run, ...options }] of Object.entries(waysWithFactory)) {
  verifies(
    executor["limit-is-five-minutes"],
    `asks the loop once, with 300, through ${way}`,
    options,
    async (subject) => {
      const loop = await subject.recordingLoop();
      const factory = subject.function(() => loop);

      await run(
        subject,
        subject.coroutine(() => null),
        madeBy(subject, factory),
      );

      expect(await limitsOf(loop)).to.deep.equal([300]);
    },
  );

  verifies(
    executor["limit-passed"],
    `warns and returns before the job through ${way}`,
    options,
    async (subject) => {
      const nonce = subject.nonce();
      const gate = subject.gate();
      const job = await subject.job({ until: gate });
      const loop = await subject.recordingLoop({ limit: 0.05 });
      const factory = subject.function(() => loop);
      const main = subject.coroutine(async (co) => {
        await starting(subject, co, job);
        return nonce;
      });

      const value = await run(subject, main, madeBy(subject, factory));

      expect([value, await job.state()]).to.deep.equal([nonce, "running"]);
      expect(await categories(subject)).to.include("RuntimeWarning");
      gate.open();
    },
  );
}

verifies(
  executor["limit-passed"],
  "warns and returns before the job after five real minutes",
  { needs: ["run"], takes: 310_000 },
  async (subject) => {
    const nonce = subject.nonce();
    const gate = subject.gate();
    const job = await subject.job({ until: gate });
    const main = subject.coroutine(async (co) => {
      await starting(subject, co, job);
      return nonce;
    });

    const started = performance.now();
    const value = await subject.run(main);

    // A timer may ring a little early by another clock.
    expect((performance.now() - started) / 1000, "seconds until it returned").to.be.at.least(299);
    expect([value, await job.state()]).to.deep.equal([nonce, "running"]);
    expect(await categories(subject)).to.include("RuntimeWarning");
    gate.open();
  },
);

verifies(
  executor["limit-passed.warning-as-error"],
  "raises from close() and closes the loop",
  { needs: ["runner"] },
  async (subject) => {
    const gate = subject.gate();
    const job = await subject.job({ until: gate });
    const loop = await subject.recordingLoop({ limit: 0.05 });
    const runner = await subject.Runner({ loopFactory: subject.function(() => loop) });
    await runner.run(subject.coroutine((co) => starting(subject, co, job)));
    await subject.warningsAsErrors("RuntimeWarning");

    expect(await failureOf(runner.close())).to.be.remote("RuntimeWarning");

    expect(await loop.isClosed(), "is_closed()").to.equal(true);
    gate.open();
  },
);

verifies(executor["no-limit-before-3.12"], "asks the loop once, with nothing", async (subject) => {
  const loop = await subject.recordingLoop();
  const runner = await subject.Runner({ loopFactory: subject.function(() => loop) });
  await runner.run(subject.coroutine(() => null));

  await runner.close();

  expect(await limitsOf(loop)).to.deep.equal([undefined]);
});

/** Hands a job to the default executor and waits, in main, until its thread has taken it. */
async function starting(subject: Subject, co: Activation, job: RemoteJob): Promise<void> {
  await (await subject.getRunningLoop()).runInExecutor(job);
  while ((await job.state()) === "new") await co.await(await subject.sleep(0.001));
}

/** The time limit of each shutdown of the default executor; undefined where it was given none. */
const limitsOf = async (loop: RemoteLoop) =>
  (await loop.calls())
    .filter(({ method }) => method === "shutdown_default_executor")
    .map(({ args, kwargs }) => args[0] ?? kwargs["timeout"]);

/** The categories of the warnings so far, but for those about our own coroutines. */
const categories = async (subject: Subject) =>
  (await subject.warnings())
    .filter(({ message }) => !message.includes("never awaited"))
    .map(({ category }) => category);
