import { verifies, type TestOptions } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { Puppet } from "../harness/subject/puppets";
import { failureOf, type Subject } from "../harness/subject/subject";
import { newTrace } from "../harness/subject/trace";
import { runningLoop } from "../spec/families/running-loop";
import { waysToRun } from "./ways";

verifies(
  runningLoop["run-refused"],
  "raises inside a coroutine and does not start its argument",
  async (subject) => {
    const inner = subject.untouchedCoroutine();
    const main = subject.coroutine(async () => {
      await failureOf(subject.run(inner));
    });

    await subject.run(main);
  },
);

verifies(
  runningLoop["run-refused"],
  "raises inside a loop that runs without a runner",
  async (subject) => {
    const inner = subject.untouchedCoroutine();
    const main = subject.coroutine(async () => {
      await failureOf(subject.run(inner));
    });

    await runWithoutRunner(subject, main);
  },
);

verifies(
  runningLoop["run-refused-in-callback"],
  "raises inside a callback and does not start its argument",
  async (subject) => {
    const inner = subject.untouchedCoroutine();
    const main = subject.coroutine(async (co) => {
      const loop = await subject.getRunningLoop();
      const called = await loop.createFuture();
      const callback = subject.function(async () => {
        await failureOf(subject.run(inner));
        await called.setResult(null);
      });
      await loop.callSoon(callback);
      await co.await(called);
    });

    await subject.run(main);
  },
);

verifies(
  runningLoop["runner-run-refused"],
  "raises inside a run of the same runner",
  async (subject) => {
    const inner = subject.untouchedCoroutine();
    const runner = await subject.Runner();
    const main = subject.coroutine(async () => {
      await failureOf(runner.run(inner));
    });

    await runner.run(main);
    await runner.close();
  },
);

verifies(
  runningLoop["runner-run-refused"],
  "raises inside a run of another runner",
  async (subject) => {
    const inner = subject.untouchedCoroutine();
    const [outer, other] = [await subject.Runner(), await subject.Runner()];
    const main = subject.coroutine(async () => {
      await failureOf(other.run(inner));
    });

    await outer.run(main);
    await other.close();
    await outer.close();
  },
);

verifies(
  runningLoop["runner-run-refused"],
  "raises inside a loop that runs without a runner",
  async (subject) => {
    const inner = subject.untouchedCoroutine();
    const runner = await subject.Runner();
    const main = subject.coroutine(async () => {
      await failureOf(runner.run(inner));
    });

    await runWithoutRunner(subject, main);
    await runner.close();
  },
);

const nestedRuns = {
  "run()": { needs: ["run"], start: (subject, inner) => subject.run(inner) },
  "Runner.run()": {
    needs: ["runner"],
    since: "3.11-draft",
    start: async (subject, inner) => (await subject.Runner()).run(inner),
  },
} satisfies Record<
  string,
  TestOptions & { start: (subject: Subject, inner: Puppet) => Promise<unknown> }
>;
for (const [nested, { start, ...options }] of Object.entries(nestedRuns)) {
  verifies(
    runningLoop["refused-with-runtime-error"],
    `raises RuntimeError from a nested ${nested}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async () => {
        const refused = await failureOf(start(subject, subject.untouchedCoroutine()));

        expect(refused).to.be.remote("RuntimeError");
      });

      await runWithoutRunner(subject, main);
    },
  );

  verifies(
    runningLoop["refusal-spares-outer-loop"],
    `goes on after a refused ${nested}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const answer = subject.nonce();
      const main = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        const timer = await loop.createFuture();
        const fire = subject.function(() => timer.setResult(null));
        await loop.callLater(0.01, fire);
        await failureOf(start(subject, subject.untouchedCoroutine()));
        trace("nested run is refused");
        await co.await(timer);
        trace("timer fires");
        expect(await subject.getRunningLoop()).to.equal(loop);
        expect(await loop.isRunning(), "is_running()").to.equal(true);
        return answer;
      });

      expect(await runAnyway(subject, main)).to.equal(answer);
      expect(trace).to.tell(["nested run is refused", "timer fires"]);
    },
  );
}

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    runningLoop["other-thread-allowed"],
    `runs in another thread through ${way}`,
    options,
    async (subject) => {
      const answer = subject.nonce();
      const inner = subject.coroutine(() => answer);
      const main = subject.coroutine(() =>
        subject.inThread(subject.function(() => run(subject, inner))),
      );

      expect(await run(subject, main)).to.equal(answer);
    },
  );

  verifies(
    runningLoop["idle-loop-allowed"],
    `runs beside an idle loop through ${way}`,
    options,
    async (subject) => {
      const idle = await subject.newEventLoop();
      const answer = subject.nonce();

      expect(
        await run(
          subject,
          subject.coroutine(() => answer),
        ),
      ).to.equal(answer);
      await idle.close();
    },
  );

  verifies(
    runningLoop["idle-loop-allowed"],
    `runs although an idle loop is the current one, through ${way}`,
    { ...options, needs: [...(options.needs ?? []), "current-loop"] },
    async (subject) => {
      const idle = await subject.newEventLoop();
      await subject.setEventLoop(idle);
      const answer = subject.nonce();

      expect(
        await run(
          subject,
          subject.coroutine(() => answer),
        ),
      ).to.equal(answer);
      await subject.setEventLoop(null);
      await idle.close();
    },
  );
}

const runnersInside = {
  "makes a runner": async (subject: Subject) => {
    await subject.Runner();
  },
  "gives a runner's loop": async (subject: Subject) => {
    const runner = await subject.Runner();
    expect(await (await runner.getLoop()).isRunning()).to.equal(false);
    return runner;
  },
};
for (const [what, act] of Object.entries(runnersInside)) {
  verifies(runningLoop["runner-made-inside"], `${what} inside a coroutine`, async (subject) => {
    const outer = await subject.Runner();
    const main = subject.coroutine(async () => await act(subject));

    const made = await outer.run(main);
    await (made as Awaited<ReturnType<Subject["Runner"]>> | null)?.close();
    await outer.close();
  });
}

verifies(
  runningLoop["runner-closed-inside"],
  "raises RuntimeError and closes the inner loop, not the outer one",
  async (subject) => {
    const outer = await subject.Runner();
    const main = subject.coroutine(async (co) => {
      const runner = await subject.Runner();
      const [loop, running] = [await runner.getLoop(), await subject.getRunningLoop()];

      expect(await failureOf(runner.close())).to.be.remote("RuntimeError");
      expect([await loop.isClosed(), await running.isClosed()]).to.deep.equal([true, false]);
      await runner.close();
      await co.await(await subject.sleep(0));
    });

    await outer.run(main);
    await outer.close();
  },
);

verifies(
  runningLoop["refusal-makes-no-loop"],
  "run() does not call the factory",
  { needs: ["run"], since: "3.12" },
  async (subject) => {
    const loopFactory = subject.untouchedFunction();
    const main = subject.coroutine(() =>
      failureOf(subject.run(subject.untouchedCoroutine(), { loopFactory })),
    );

    await subject.run(main);
  },
);

verifies(
  runningLoop["refusal-makes-no-loop"],
  "Runner.run() does not call the factory",
  { needs: ["runner"] },
  async (subject) => {
    const runner = await subject.Runner({ loopFactory: subject.untouchedFunction() });
    const outer = await subject.Runner();
    const main = subject.coroutine(() => failureOf(runner.run(subject.untouchedCoroutine())));

    await outer.run(main);
    await outer.close();
    await runner.close();
  },
);

/** Runs `main` on a loop that was made by hand. */
async function runWithoutRunner(subject: Subject, main: Puppet): Promise<void> {
  const loop = await subject.newEventLoop();
  await loop.runUntilComplete(main);
  await loop.close();
}

/** Runs `main` through whichever entry point the subject has. */
async function runAnyway(subject: Subject, main: Puppet): Promise<unknown> {
  if (subject.has("run")) return subject.run(main);
  const runner = await subject.Runner();
  const result = await runner.run(main);
  await runner.close();
  return result;
}
