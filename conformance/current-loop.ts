import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { Subject } from "../harness/subject/subject";
import { newTrace } from "../harness/subject/trace";
import { currentLoop } from "../spec/families/current-loop";
import { waysToRun } from "./ways";
import { madeBy, waysWithFactory } from "./ways-with-options";

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    currentLoop["asked-for-inside"],
    `gets the running loop inside ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async () => {
        expect(await subject.getEventLoop()).to.equal(await subject.getRunningLoop());
      });

      await run(subject, main);
    },
  );

  verifies(
    currentLoop["asked-for-inside"],
    `gets no warning inside ${way}`,
    { ...options, needs: [...(options.needs ?? []), "warnings"] },
    async (subject) => {
      const main = subject.coroutine(async () => {
        const before = await subject.warnings();
        await subject.getEventLoop();

        expect(await subject.warnings()).to.deep.equal(before);
      });

      await run(subject, main);
    },
  );

  verifies(
    currentLoop["only-own-thread"],
    `leaves the main thread's loop alone from another thread through ${way}`,
    options,
    async (subject) => {
      const mine = await subject.newEventLoop();
      await subject.setEventLoop(mine);
      const answer = subject.nonce();
      const inThread = subject.function(() =>
        run(
          subject,
          subject.coroutine(() => answer),
        ),
      );

      expect(await subject.inThread(inThread)).to.equal(answer);
      // Not currentLoop(): an adapter may keep its own notes per thread.
      expect(await subject.getEventLoop()).to.equal(mine);
      await subject.setEventLoop(null);
      await mine.close();
    },
  );
}

for (const [way, { run, ...options }] of Object.entries(waysWithFactory)) {
  verifies(
    currentLoop["policy-not-consulted"],
    `calls no method of the policy through ${way} with a loop factory`,
    { ...options, needs: [...(options.needs ?? []), "current-loop"] },
    async (subject) => {
      const loop = await subject.newEventLoop();
      const before = await subject.policyCalls();

      await run(
        subject,
        subject.coroutine(() => null),
        madeBy(
          subject,
          subject.function(() => loop),
        ),
      );

      expect(await subject.policyCalls(), "calls of the policy").to.deep.equal(before);
    },
  );
}

const waysWithoutFactory = Object.entries(waysToRun).filter(([way]) => !way.includes("factory"));
for (const [way, { run, ...options }] of waysWithoutFactory) {
  verifies(
    currentLoop["set-while-running"],
    `has the running loop as current one in main, through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(() => expectRunningIsCurrent(subject));

      await run(subject, main);
    },
  );

  verifies(
    currentLoop["set-while-running"],
    `has the running loop as current one in a cancelled leftover, through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const leftover = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        try {
          await co.await(await loop.createFuture());
        } finally {
          await expectRunningIsCurrent(subject);
          trace("leftover has looked");
        }
      });
      const main = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        await loop.createTask(leftover);
        await co.await(await subject.sleep(0));
        trace("main ends");
      });

      await run(subject, main);

      expect(trace).to.tell(["main ends", "leftover has looked"]);
    },
  );

  const before = {
    "there was none": () => null,
    "there was another": (subject: Subject) => subject.newEventLoop(),
  };
  for (const [situation, prepare] of Object.entries(before)) {
    verifies(
      currentLoop["none-after"],
      `leaves no current loop where ${situation}, through ${way}`,
      options,
      async (subject) => {
        const earlier = await prepare(subject);
        await subject.setEventLoop(earlier);
        const main = subject.coroutine(() => expectRunningIsCurrent(subject));

        await run(subject, main);

        expect(await subject.currentLoop()).to.equal(null);
        await earlier?.close();
      },
    );
  }

  verifies(
    currentLoop["default-made-by-new-event-loop"],
    `runs on a loop of the default class, through ${way}`,
    options,
    async (subject) => {
      const sample = await subject.newEventLoop();
      const main = subject.coroutine(async () => {
        const running = await subject.getRunningLoop();

        expect(await subject.typeOf(running)).to.equal(await subject.typeOf(sample));
      });

      await run(subject, main);
      await sample.close();
    },
  );
}

for (const [way, { run, ...options }] of Object.entries(waysWithFactory)) {
  verifies(
    currentLoop["untouched-with-factory"],
    `keeps the caller's current loop, through ${way}`,
    options,
    async (subject) => {
      const callers = await subject.newEventLoop();
      await subject.setEventLoop(callers);
      const loopFactory = subject.function(() => subject.newEventLoop());
      const main = subject.coroutine(async () => {
        expect(await subject.currentLoop(), "in main").to.equal(callers);
      });

      await run(subject, main, { loopFactory });

      expect(await subject.currentLoop(), "afterwards").to.equal(callers);
      await subject.setEventLoop(null);
      await callers.close();
    },
  );

  verifies(
    currentLoop["untouched-with-factory"],
    `sets no current loop where there was none, through ${way}`,
    options,
    async (subject) => {
      await subject.setEventLoop(null);
      const loopFactory = subject.function(() => subject.newEventLoop());
      const main = subject.coroutine(async () => {
        expect(await subject.currentLoop(), "in main").to.equal(null);
      });

      await run(subject, main, { loopFactory });

      expect(await subject.currentLoop(), "afterwards").to.equal(null);
    },
  );

  verifies(
    currentLoop["kept-when-factory-set-it"],
    `keeps the loop the factory made current, through ${way}`,
    options,
    async (subject) => {
      const loop = await subject.newEventLoop();
      const loopFactory = subject.function(async () => {
        await subject.setEventLoop(loop);
        return loop;
      });
      const answer = subject.nonce();

      expect(
        await run(
          subject,
          subject.coroutine(() => answer),
          { loopFactory },
        ),
      ).to.equal(answer);
      expect(await subject.currentLoop()).to.equal(loop);
      await subject.setEventLoop(null);
    },
  );
}

verifies(
  currentLoop["set-once-per-runner"],
  "keeps what the user set between two runs",
  async (subject) => {
    const users = await subject.newEventLoop();
    const runner = await subject.Runner();

    await runner.run(subject.coroutine(() => expectRunningIsCurrent(subject)));
    await subject.setEventLoop(users);
    await runner.run(
      subject.coroutine(async () => {
        expect(await subject.currentLoop()).to.equal(users);
      }),
    );
    await runner.close();
    await users.close();
  },
);

verifies(
  currentLoop["set-at-initialisation"],
  "sets it when asked for the loop, not before",
  async (subject) => {
    await subject.setEventLoop(null);
    const runner = await subject.Runner();
    const made = await subject.currentLoop();
    const loop = await runner.getLoop();

    expect([made, await subject.currentLoop()]).to.deep.equal([null, loop]);
    await runner.close();
  },
);

verifies(
  currentLoop["set-at-initialisation"],
  "sets it when entered, not before",
  async (subject) => {
    await subject.setEventLoop(null);
    const runner = await subject.Runner();
    const made = await subject.currentLoop();
    const body = subject.function(async () => {
      const entered = await subject.currentLoop();

      expect([made, entered]).to.deep.equal([null, await runner.getLoop()]);
    });

    await runner.with(body);
  },
);

async function expectRunningIsCurrent(subject: Subject): Promise<void> {
  expect(await subject.currentLoop()).to.equal(await subject.getRunningLoop());
}
