import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { RemoteFuture } from "../harness/subject/objects";
import { failureOf, type Subject } from "../harness/subject/subject";
import { newTrace, type Trace } from "../harness/subject/trace";
import { severalRuns } from "../spec/families/several-runs";

verifies(
  severalRuns["share-one-loop"],
  "runs three coroutines on the same loop",
  async (subject) => {
    const runner = await subject.Runner();
    const loops: unknown[] = [];
    const main = () =>
      subject.coroutine(async () => {
        loops.push(await subject.getRunningLoop());
      });

    await runner.run(main());
    await runner.run(main());
    await runner.run(main());

    expect(loops).to.have.length(3);
    expect(new Set(loops).size).to.equal(1);
    await runner.close();
  },
);

verifies(severalRuns["loop-stays-open"], "leaves the loop open after each run", async (subject) => {
  const loop = await subject.newEventLoop();
  const runner = await subject.Runner(subject.factoryOption(subject.function(() => loop)));
  const closed: boolean[] = [];

  for (const run of [1, 2, 3]) {
    const object = await subject.object();
    expect(await runner.run(subject.coroutine(() => object)), `run ${run}`).to.equal(object);
    closed.push(await loop.isClosed());
  }

  expect(closed).to.deep.equal([false, false, false]);
  await runner.close();
});

verifies(
  severalRuns["leftover-rests-between-runs"],
  "neither cancels nor steps a task before the next run",
  async (subject) => {
    const trace = newTrace();
    const runner = await subject.Runner();
    const left = await leaveATask(subject, trace);
    await runner.run(left.main);
    trace("first run over");

    await left.made.get().future.setResult(null);
    await subject.quiet();
    const done = await left.made.get().task.done();
    trace(`task is ${done ? "done" : "pending"}`);
    await runner.run(subject.coroutine((co) => co.await(left.made.get().task)));

    expect(trace).to.tell(["task starts", "first run over", "task is pending", "task goes on"]);
    await runner.close();
  },
);

verifies(
  severalRuns["leftover-goes-on-in-the-next-run"],
  "lets the next run await the task's result",
  async (subject) => {
    const trace = newTrace();
    const runner = await subject.Runner();
    const left = await leaveATask(subject, trace);
    await runner.run(left.main);
    const main = subject.coroutine(async (co) => {
      trace("second run");
      await left.made.get().future.setResult(null);
      return co.await(left.made.get().task);
    });

    expect(await runner.run(main)).to.equal(left.result);
    expect(trace).to.tell(["task starts", "second run", "task goes on"]);
    await runner.close();
  },
);

verifies(
  severalRuns["leftover-ends-at-close"],
  "cancels the task of an earlier run at close()",
  async (subject) => {
    const trace = newTrace();
    const runner = await subject.Runner();
    const left = await leaveATask(subject, trace);
    await runner.run(left.main);
    trace("closing");

    await runner.close();
    trace("closed");

    expect(trace).to.tell(["task starts", "closing", "task cancelled", "closed"]);
  },
);

verifies(
  severalRuns["usable-after-a-failed-run"],
  "runs a second coroutine after the first one raised",
  async (subject) => {
    const object = await subject.object();
    const error = await subject.exception("ValueError", subject.nonce());
    const runner = await subject.Runner();
    const failing = subject.coroutine(() => {
      throw error;
    });

    expect(await failureOf(runner.run(failing))).to.equal(error);
    expect(await runner.run(subject.coroutine(() => object))).to.equal(object);
    await runner.close();
  },
);

verifies(
  severalRuns["usable-after-an-interrupted-run"],
  "runs a second coroutine after Ctrl-C ended the first one",
  async (subject) => {
    const object = await subject.object();
    const runner = await subject.Runner();
    const waiting = subject.coroutine(async (co) => {
      const never = await (await subject.getRunningLoop()).createFuture();
      await subject.onceSuspended(() => {
        subject.interrupt();
      });
      await co.await(never);
    });

    expect(await failureOf(runner.run(waiting))).to.be.remote("KeyboardInterrupt");
    expect(await runner.run(subject.coroutine(() => object))).to.equal(object);
    await runner.close();
  },
);

verifies(
  severalRuns["stopped-run-raises"],
  "raises RuntimeError when main stops the loop",
  async (subject) => {
    const runner = await subject.Runner();
    const stopped = await stopItself(subject);

    expect(await failureOf(runner.run(stopped.main))).to.be.remote("RuntimeError");
    await runner.close();
  },
);

verifies(
  severalRuns["stopped-main-goes-on-in-the-next-run"],
  "finishes the stopped main in the next run",
  async (subject) => {
    const runner = await subject.Runner();
    const stopped = await stopItself(subject);

    await failureOf(runner.run(stopped.main));
    expect(await stopped.made.get().task.done()).to.equal(false);
    expect(await runner.run(stopped.finisher())).to.equal(stopped.result);
    await runner.close();
  },
);

verifies(
  severalRuns["stopped-run-restores-the-handler"],
  "restores the default handling of SIGINT",
  async (subject) => {
    const runner = await subject.Runner();
    const stopped = await stopItself(subject);

    await failureOf(runner.run(stopped.main));

    expect(await subject.getSignal()).to.equal("default_int_handler");
    await runner.close();
  },
);

verifies(
  severalRuns["runners-take-turns"],
  "runs first, second and first again, each on its own loop",
  async (subject) => {
    const [first, second] = [await subject.Runner(), await subject.Runner()];
    const main = () => subject.coroutine(() => subject.getRunningLoop());

    const one = await first.run(main());
    const other = await second.run(main());
    const again = await first.run(main());

    expect(other).not.to.equal(one);
    expect(again).to.equal(one);
    await first.close();
    await second.close();
  },
);

/** A future and a task that a puppet makes while it runs. */
interface Made {
  readonly future: RemoteFuture;
  readonly task: RemoteFuture;
}

/** A main that leaves a task behind; the task waits for `future`, then returns `result`. */
async function leaveATask(subject: Subject, trace: Trace) {
  const result = await subject.object();
  const made = later<Made>();
  const leftover = subject.coroutine(async (co) => {
    trace("task starts");
    try {
      await co.await(made.get().future);
    } catch (error) {
      trace("task cancelled");
      throw error;
    }
    trace("task goes on");
    return result;
  });
  const main = subject.coroutine(async (co) => {
    const loop = await subject.getRunningLoop();
    made.set({ future: await loop.createFuture(), task: await loop.createTask(leftover) });
    await co.await(await subject.sleep(0));
  });
  return { main, result, made };
}

/** A main that stops its loop and then waits, and a `finisher` that lets it return `result`. */
async function stopItself(subject: Subject) {
  const result = await subject.object();
  const made = later<Made>();
  const main = subject.coroutine(async (co) => {
    const loop = await subject.getRunningLoop();
    made.set({ future: await loop.createFuture(), task: await subject.currentTask() });
    await loop.stop();
    await co.await(made.get().future);
    return result;
  });
  const finisher = () =>
    subject.coroutine(async (co) => {
      await made.get().future.setResult(null);
      return co.await(made.get().task);
    });
  return { main, result, made, finisher };
}

/** Something a puppet makes and others use. */
function later<Thing>() {
  let thing: Thing | undefined;
  return {
    set: (made: Thing) => {
      thing = made;
    },
    get: (): Thing => {
      expect(thing, "what an earlier step makes").not.to.equal(undefined);
      return thing as Thing;
    },
  };
}
