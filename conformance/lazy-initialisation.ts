import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { RemoteLoop, RemoteRunner } from "../harness/subject/objects";
import type { Subject } from "../harness/subject/subject";
import { newTrace, type Trace } from "../harness/subject/trace";
import { lazyInitialisation } from "../spec/families/lazy-initialisation";

verifies(
  lazyInitialisation["constructor-makes-no-loop"],
  "calls the loop factory at the first use, not before",
  async (subject) => {
    const trace = newTrace();

    const runner = await tracedRunner(subject, trace);
    trace("constructed");
    await runner.run(subject.coroutine(() => null));
    await runner.close();

    expect(trace).to.tell(["constructed", "loop made"]);
  },
);

const currentLoops: Record<string, (subject: Subject) => Promise<RemoteLoop | null>> = {
  "a current loop": async (subject) => {
    const loop = await subject.newEventLoop();
    await subject.setEventLoop(loop);
    return loop;
  },
  "no current loop": async (subject) => {
    await subject.setEventLoop(null);
    return null;
  },
};
for (const [what, arrange] of Object.entries(currentLoops)) {
  verifies(
    lazyInitialisation["constructor-keeps-current-loop"],
    `leaves ${what} in place until the first use`,
    async (subject) => {
      const before = await arrange(subject);

      const runner = await subject.Runner();
      const constructed = await subject.currentLoop();
      const loop = await runner.run(subject.coroutine(() => subject.getRunningLoop()));

      expect(constructed).to.equal(before);
      expect(loop).not.to.equal(before);
      await runner.close();
    },
  );
}

verifies(
  lazyInitialisation["entering-initialises"],
  "calls the loop factory before the body of with",
  async (subject) => {
    const trace = newTrace();
    const runner = await tracedRunner(subject, trace);
    trace("constructed");

    await runner.with(
      subject.function(() => {
        trace("body runs");
      }),
    );

    expect(trace).to.tell(["constructed", "loop made", "body runs"]);
  },
);

verifies(
  lazyInitialisation["entering-gives-the-runner"],
  "hands the runner itself to the body of with",
  async (subject) => {
    const runner = await subject.Runner();
    let entered: unknown;

    await runner.with(
      subject.function((given) => {
        entered = given;
      }),
    );

    expect(entered).to.equal(runner);
  },
);

verifies(
  lazyInitialisation["get-loop-initialises"],
  "returns the open loop its factory has just made",
  async (subject) => {
    const loop = await subject.newEventLoop();
    const runner = await subject.Runner(subject.factoryOption(subject.function(() => loop)));

    const got = await runner.getLoop();

    expect(got).to.equal(loop);
    expect(await got.isClosed(), "is_closed()").to.equal(false);
    await runner.close();
  },
);

verifies(
  lazyInitialisation["get-loop-initialises"],
  "makes a loop of its own where there is no factory",
  async (subject) => {
    const runner = await subject.Runner();

    const loop = await runner.getLoop();

    expect([await loop.isClosed(), await loop.isRunning()]).to.deep.equal([false, false]);
    await runner.close();
  },
);

verifies(
  lazyInitialisation["run-initialises"],
  "makes the loop at the first run and runs main on it",
  async (subject) => {
    const trace = newTrace();
    const object = await subject.object();
    const runner = await tracedRunner(subject, trace);
    const main = subject.coroutine(() => {
      trace("main runs");
      return object;
    });
    trace("constructed");

    expect(await runner.run(main)).to.equal(object);
    expect(trace).to.tell(["constructed", "loop made", "main runs"]);
    await runner.close();
  },
);

verifies(
  lazyInitialisation["happens-once"],
  "calls the loop factory once for with, get_loop() and two runs",
  async (subject) => {
    const trace = newTrace();
    const runner = await tracedRunner(subject, trace);

    await runner.with(
      subject.function(async () => {
        await runner.run(subject.coroutine(() => null));
        await runner.getLoop();
        await runner.run(subject.coroutine(() => null));
        await runner.getLoop();
      }),
    );

    expect(trace).to.tell(["loop made"]);
  },
);

verifies(
  lazyInitialisation["get-loop-gives-the-loop-of-run"],
  "returns the loop main runs on, before, during, between and after the runs",
  async (subject) => {
    const runner = await subject.Runner();
    const running: unknown[] = [];
    const got: unknown[] = [];
    const main = () =>
      subject.coroutine(async () => {
        running.push(await subject.getRunningLoop());
        got.push(await runner.getLoop());
      });

    const loop = await runner.getLoop();
    await runner.run(main());
    got.push(await runner.getLoop());
    await runner.run(main());
    got.push(await runner.getLoop());

    expect(running).to.deep.equal([loop, loop]);
    expect(got).to.deep.equal([loop, loop, loop, loop]);
    await runner.close();
  },
);

verifies(
  lazyInitialisation["close-before-it-creates-nothing"],
  "leaves the loop factory alone",
  async (subject) => {
    const runner = await subject.Runner(subject.factoryOption(subject.untouchedFunction()));

    expect(await runner.close()).to.equal(null);
  },
);

verifies(
  lazyInitialisation["close-before-it-keeps-the-runner-usable"],
  "runs a coroutine after such a close()",
  async (subject) => {
    const object = await subject.object();
    const runner = await subject.Runner();
    await runner.close();

    expect(await runner.run(subject.coroutine(() => object))).to.equal(object);
    await runner.close();
  },
);

verifies(
  lazyInitialisation["loop-rests-outside-runs"],
  "lets the caller drive the loop before and between runs",
  async (subject) => {
    const [first, second] = [await subject.object(), await subject.object()];
    const runner = await subject.Runner();
    const loop = await runner.getLoop();

    const resting = [await loop.isRunning(), await loop.isClosed()];
    const before = await loop.runUntilComplete(subject.coroutine(() => first));
    await runner.run(subject.coroutine(() => null));
    resting.push(await loop.isRunning(), await loop.isClosed());
    const between = await loop.runUntilComplete(subject.coroutine(() => second));

    expect([before, between]).to.deep.equal([first, second]);
    expect(resting).to.deep.equal([false, false, false, false]);
    await runner.close();
  },
);

verifies(
  lazyInitialisation["dropping-closes-nothing"],
  "leaves the loop of a collected runner open",
  async (subject) => {
    const runner = await subject.Runner();
    const known = await subject.weakref(runner);
    const loop = await runner.getLoop();
    await subject.forget(runner);

    expect(await known.alive(), "whether the runner is still there").to.equal(false);
    expect(await loop.isClosed(), "is_closed()").to.equal(false);
    await loop.close();
  },
);

/** A runner whose loop factory says in the trace that it was called. */
function tracedRunner(subject: Subject, trace: Trace): Promise<RemoteRunner> {
  const factory = subject.function(() => {
    trace("loop made");
    return subject.newEventLoop();
  });
  return subject.Runner(subject.factoryOption(factory));
}
