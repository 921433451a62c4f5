import { verifies, type TestOptions } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import { failureOf, type Subject } from "../harness/subject/subject";
import { signature } from "../spec/families/signature";

// Every refusal is followed by the call that must work: what always raises passes nothing.

verifies(
  signature["run-debug-by-keyword"],
  "takes debug=True and refuses True as second argument",
  async (subject) => {
    const refused = subject.untouchedCoroutine();
    const answer = subject.nonce();
    const main = subject.coroutine(() => answer);

    expect(await failureOf(subject.ask("asyncio.run", { args: [refused, true] }))).to.be.remote(
      "TypeError",
    );
    expect(await subject.run(main, { debug: true })).to.equal(answer);
  },
);

verifies(
  signature["run-loop-factory-by-keyword"],
  "takes loop_factory=f and refuses f as second argument",
  async (subject) => {
    const refused = subject.untouchedCoroutine();
    const mustNotBeCalled = subject.untouchedFunction();
    const loopFactory = subject.function(() => subject.newEventLoop());
    const answer = subject.nonce();
    const main = subject.coroutine(() => answer);

    expect(
      await failureOf(subject.ask("asyncio.run", { args: [refused, mustNotBeCalled] })),
    ).to.be.remote("TypeError");
    expect(await subject.run(main, { loopFactory })).to.equal(answer);
  },
);

verifies(
  signature["run-lacks-loop-factory"],
  "refuses loop_factory=None and runs without it",
  async (subject) => {
    const refused = subject.untouchedCoroutine();
    const answer = subject.nonce();
    const main = subject.coroutine(() => answer);

    expect(await failureOf(subject.run(refused, { loopFactory: null }))).to.be.remote("TypeError");
    expect(await subject.run(main)).to.equal(answer);
  },
);

verifies(
  signature["runner-by-keyword"],
  "takes debug=True and refuses True as first argument",
  async (subject) => {
    const answer = subject.nonce();
    const main = subject.coroutine(() => answer);

    expect(await failureOf(subject.ask("asyncio.Runner", { args: [true] }))).to.be.remote(
      "TypeError",
    );
    const runner = await subject.Runner({ debug: true });
    expect(await runner.run(main)).to.equal(answer);
    await runner.close();
  },
);

const factoryNames = {
  "runner-loop-factory": "loopFactory",
  "runner-draft-factory": "factory",
} as const;
for (const [requirement, keyword] of Object.entries(factoryNames)) {
  verifies(
    signature[requirement as keyof typeof factoryNames],
    `gets its loop from ${keyword}`,
    async (subject) => {
      const loop = await subject.newEventLoop();
      const runner = await subject.Runner({ [keyword]: subject.function(() => loop) });

      expect(await runner.getLoop()).to.equal(loop);
      await runner.close();
    },
  );
}

verifies(
  signature["runner-lacks-factory"],
  "refuses factory=None and takes loop_factory=None",
  async (subject) => {
    const answer = subject.nonce();
    const main = subject.coroutine(() => answer);

    expect(await failureOf(subject.Runner({ factory: null }))).to.be.remote("TypeError");
    const runner = await subject.Runner({ loopFactory: null });
    expect(await runner.run(main)).to.equal(answer);
    await runner.close();
  },
);

verifies(
  signature["runner-run-context-by-keyword"],
  "takes context=c and refuses c as second argument",
  async (subject) => {
    const refused = subject.untouchedCoroutine();
    const answer = subject.nonce();
    const main = subject.coroutine(() => answer);
    const context = await subject.copyContext();
    const runner = await subject.Runner();

    expect(
      await failureOf(subject.ask("runner.run", { on: runner, args: [refused, context] })),
    ).to.be.remote("TypeError");
    expect(await runner.run(main, { context })).to.equal(answer);
    await runner.close();
  },
);

const debugModes = ["off", "on"] as const;
for (const mode of debugModes) {
  const options: TestOptions = mode === "on" ? { globalDebug: "environment" } : {};

  verifies(
    signature["run-none-is-default"],
    `debug=None gives the debug mode of no debug where the global one is ${mode}`,
    options,
    async (subject) => {
      const main = () => subject.coroutine(() => debugOfRunning(subject));

      const omitted = await subject.run(main());

      expect(omitted, "get_debug() without debug").to.equal(mode === "on");
      expect(await subject.run(main(), { debug: null }), "get_debug() with debug=None").to.equal(
        omitted,
      );
    },
  );

  verifies(
    signature["runner-none-is-default"],
    `debug=None gives the debug mode of no debug where the global one is ${mode}`,
    options,
    async (subject) => {
      const [omitting, passing] = [await subject.Runner(), await subject.Runner({ debug: null })];

      const omitted = await (await omitting.getLoop()).getDebug();

      expect(omitted, "get_debug() without debug").to.equal(mode === "on");
      expect(await (await passing.getLoop()).getDebug(), "get_debug() with debug=None").to.equal(
        omitted,
      );
      await omitting.close();
      await passing.close();
    },
  );
}

verifies(
  signature["run-none-is-default"],
  "loop_factory=None gives a loop of the class of no factory",
  { since: "3.12" },
  async (subject) => {
    const main = () =>
      subject.coroutine(async () => subject.typeOf(await subject.getRunningLoop()));

    const omitted = await subject.run(main());

    expect(await subject.run(main(), { loopFactory: null })).to.equal(omitted);
  },
);

verifies(
  signature["runner-none-is-default"],
  "loop_factory=None gives a loop of the class of no factory",
  { since: "3.11" },
  async (subject) => {
    const [omitting, passing] = [
      await subject.Runner(),
      await subject.Runner({ loopFactory: null }),
    ];

    const omitted = await subject.typeOf(await omitting.getLoop());

    expect(await subject.typeOf(await passing.getLoop())).to.equal(omitted);
    await omitting.close();
    await passing.close();
  },
);

verifies(
  signature["runner-none-is-default"],
  "context=None is the runner's context, like no context",
  { needs: ["contextvars"] },
  async (subject) => {
    const variable = await subject.contextVar();
    const value = subject.nonce();
    const runner = await subject.Runner();
    await runner.run(subject.coroutine(() => variable.set(value)));

    const main = () => subject.coroutine(() => variable.get());

    expect(await runner.run(main())).to.equal(value);
    expect(await runner.run(main(), { context: null })).to.equal(value);
    await runner.close();
  },
);

verifies(signature["first-parameter-name"], "runs what is passed as coro", async (subject) => {
  const value = await subject.object();
  const runner = await subject.Runner();
  const main = subject.coroutine(() => value);

  const given = subject.ask("runner.run", { on: runner, kwargs: { coro: main } });

  expect(await given).to.equal(value);
  await runner.close();
});

const debugOfRunning = async (subject: Subject): Promise<boolean> =>
  (await subject.getRunningLoop()).getDebug();
