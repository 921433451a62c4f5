import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import { failureOf } from "../harness/subject/subject";
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
