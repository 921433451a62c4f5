import { verifies, type TestOptions } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import { failureOf, type RunOptions, type Subject } from "../harness/subject/subject";
import { debug } from "../spec/families/debug";
import { madeBy, waysWithDebug, waysWithFactory, type WayWithOptions } from "./ways-with-options";

type Setting = Required<Pick<TestOptions, "globalDebug">>;

const globalSettings: Readonly<Record<string, Setting>> = {
  "an environment that asks for it": { globalDebug: "environment" },
  "development mode": { globalDebug: "dev-mode" },
};

const undecided: Readonly<Record<string, RunOptions>> = {
  "debug=None": { debug: null },
  "no debug": {},
};

for (const [way, { run, ...options }] of Object.entries(waysWithDebug)) {
  verifies(
    debug["true-turns-it-on"],
    `is in debug mode through ${way}`,
    options,
    async (subject) => {
      expect(await debugOf(subject, run, { debug: true }), "get_debug()").to.equal(true);
    },
  );

  verifies(
    debug["false-turns-it-off"],
    `is not in debug mode through ${way}`,
    options,
    async (subject) => {
      expect(await debugOf(subject, run, { debug: false }), "get_debug()").to.equal(false);
    },
  );

  for (const [setting, { globalDebug }] of Object.entries(globalSettings)) {
    verifies(
      debug["false-turns-it-off"],
      `overrules ${setting} through ${way}`,
      { ...options, globalDebug },
      async (subject) => {
        await expectGlobalDebug(subject);

        expect(await debugOf(subject, run, { debug: false }), "get_debug()").to.equal(false);
      },
    );
  }

  for (const [choice, chosen] of Object.entries(undecided)) {
    for (const [setting, { globalDebug }] of Object.entries(globalSettings)) {
      verifies(
        debug["none-follows-global"],
        `is on with ${choice} and ${setting} through ${way}`,
        { ...options, globalDebug },
        async (subject) => {
          expect(await debugOf(subject, run, chosen), "get_debug()").to.equal(true);
        },
      );
    }

    verifies(
      debug["none-follows-global"],
      `is off with ${choice} and no global setting through ${way}`,
      options,
      async (subject) => {
        expect(await debugOf(subject, run, chosen), "get_debug()").to.equal(false);
      },
    );
  }

  verifies(
    debug["true-takes-effect"],
    `refuses a callback from a foreign thread through ${way}`,
    options,
    async (subject) => {
      expect(await failureOf(callSoonFromThread(subject, run, { debug: true }))).to.be.remote(
        "RuntimeError",
      );
    },
  );

  verifies(
    debug["true-takes-effect"],
    `accepts it without debug mode through ${way}`,
    options,
    async (subject) => {
      await callSoonFromThread(subject, run, { debug: false });
    },
  );
}

for (const [setting, { globalDebug }] of Object.entries(globalSettings)) {
  verifies(debug["omitted-is-false"], `overrules ${setting}`, { globalDebug }, async (subject) => {
    await expectGlobalDebug(subject);

    expect(await debugOf(subject, (asked, main) => asked.run(main), {}), "get_debug()").to.equal(
      false,
    );
  });
}

for (const chosen of [true, false]) {
  verifies(
    debug["set-before-the-first-run"],
    `is on the loop at once with debug=${chosen}`,
    async (subject) => {
      const runner = await subject.Runner({ debug: chosen });

      expect(await (await runner.getLoop()).getDebug(), "get_debug()").to.equal(chosen);
      await runner.close();
    },
  );
}

verifies(debug["set-once"], "keeps what was set between two runs", async (subject) => {
  const runner = await subject.Runner({ debug: true });
  const main = () => subject.coroutine(async () => (await subject.getRunningLoop()).getDebug());
  expect(await runner.run(main()), "get_debug()").to.equal(true);

  await (await runner.getLoop()).setDebug(false);

  expect(await runner.run(main()), "get_debug()").to.equal(false);
  await runner.close();
});

for (const [way, { run, ...options }] of Object.entries(waysWithFactory)) {
  for (const chosen of [true, false]) {
    verifies(
      debug["overrules-the-factory"],
      `sets debug=${chosen} on the factory's loop through ${way}`,
      options,
      async (subject) => {
        const factory = loopsWith(subject, !chosen);

        expect(
          await debugOf(subject, run, { ...madeBy(subject, factory), debug: chosen }),
        ).to.equal(chosen);
      },
    );
  }

  for (const [choice, chosen] of Object.entries(undecided)) {
    for (const preset of [true, false]) {
      verifies(
        debug["none-leaves-it-to-the-factory"],
        `keeps ${preset} with ${choice} through ${way}`,
        options,
        async (subject) => {
          const factory = loopsWith(subject, preset);

          expect(
            await debugOf(subject, run, { ...madeBy(subject, factory), ...chosen }),
            "get_debug()",
          ).to.equal(preset);
        },
      );
    }
  }
}

/** Whether the loop is in debug mode, as main finds it. */
async function debugOf(
  subject: Subject,
  run: WayWithOptions["run"],
  options: RunOptions,
): Promise<unknown> {
  const main = subject.coroutine(async () => (await subject.getRunningLoop()).getDebug());
  return run(subject, main, options);
}

/** Runs a main that has another thread call `call_soon` of its loop. */
async function callSoonFromThread(
  subject: Subject,
  run: WayWithOptions["run"],
  options: RunOptions,
): Promise<void> {
  // Made inside main, so that a failure to make it is no refusal.
  const main = subject.coroutine(async () => {
    const callback = await subject.recorder();
    const loop = await subject.getRunningLoop();
    await subject.inThread(subject.function(() => loop.callSoon(callback).then(() => null)));
  });
  await run(subject, main, options);
}

/** Fails unless the global debug mode is on: else the test would show nothing. */
async function expectGlobalDebug(subject: Subject): Promise<void> {
  const loop = await subject.newEventLoop();
  expect(await loop.getDebug(), "get_debug()").to.equal(true);
  await loop.close();
}

/** A loop factory whose loops have that debug mode. */
const loopsWith = (subject: Subject, enabled: boolean) =>
  subject.function(async () => {
    const loop = await subject.newEventLoop();
    await loop.setDebug(enabled);
    return loop;
  });
