import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { RemoteLoop } from "../harness/subject/objects";
import { failureOf, type Subject } from "../harness/subject/subject";
import { newTrace, type Trace } from "../harness/subject/trace";
import { threads } from "../spec/families/threads";
import { waysToRun, type Way } from "./ways";

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    threads["runs-in-any-thread"],
    `gives main's object in a thread through ${way}`,
    options,
    async (subject) => {
      // Made in that thread: not every language lets objects cross.
      let object: unknown;
      const main = subject.coroutine(async (co) => {
        object = await subject.object();
        await co.await(await subject.sleep(0));
        return object;
      });

      const result = await subject.inThread(subject.function(() => run(subject, main)));

      expect(result).to.equal(object);
    },
  );

  verifies(
    threads["runs-in-any-thread"],
    `raises main's exception in a thread through ${way}`,
    options,
    async (subject) => {
      let error: unknown;
      let raised: unknown;
      const main = subject.coroutine(async () => {
        const made = await subject.exception("ValueError", subject.nonce());
        error = made;
        throw made;
      });

      await subject.inThread(
        subject.function(async () => {
          raised = await failureOf(run(subject, main));
        }),
      );

      expect(raised).to.equal(error);
    },
  );

  verifies(
    threads["runs-side-by-side"],
    `runs in three threads at a time through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const loops = new Set<RemoteLoop>();

      await runInThreads(subject, run, ["main thread", "second", "third"], trace, loops);

      expect(trace).to.tell([
        "main thread starts",
        "second starts",
        "third starts",
        "third ends on its loop",
        "second ends on its loop",
        "main thread ends on its loop",
      ]);
      expect(loops.size).to.equal(3);
    },
  );

  verifies(
    threads["handler-is-left-alone"],
    `keeps the default while and after main runs in a thread through ${way}`,
    options,
    async (subject) => {
      const during: unknown[] = [];
      const main = subject.coroutine(async (co) => {
        during.push(await subject.getSignal());
        await co.await(await subject.sleep(0));
        during.push(await subject.getSignal());
      });

      await subject.inThread(subject.function(() => run(subject, main)));

      expect([...during, await subject.getSignal()]).to.deep.equal([
        "default_int_handler",
        "default_int_handler",
        "default_int_handler",
      ]);
    },
  );

  verifies(
    threads["interrupt-spares-other-threads"],
    `interrupts the waiting main thread only through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const object = await subject.object();
      const main = subject.coroutine(async (co) => {
        await co.spin(async (beats) => {
          subject.interrupt();
          await beats(2);
        });
        await co.await(await subject.sleep(0));
        trace("main ends");
        return object;
      });
      const work = subject.function(async () => {
        if ((await run(subject, main)) === object) trace("run gives its result");
      });

      trace((await failureOf(subject.inThread(work))).type);

      expect(trace).to.tell(["main ends", "run gives its result", "KeyboardInterrupt"]);
    },
  );
}

/** A run in this thread whose main waits for the same in a new thread, and so on for all names. */
async function runInThreads(
  subject: Subject,
  run: Way["run"],
  [name, ...others]: readonly string[],
  trace: Trace,
  loops: Set<RemoteLoop>,
): Promise<void> {
  if (name === undefined) return;
  const main = subject.coroutine(async (co) => {
    trace(`${name} starts`);
    const loop = await subject.getRunningLoop();
    loops.add(loop);
    await co.await(await subject.sleep(0));
    if (others.length > 0) {
      await subject.inThread(
        subject.function(() => runInThreads(subject, run, others, trace, loops)),
      );
    }
    await co.await(await subject.sleep(0));
    if ((await subject.getRunningLoop()) === loop) trace(`${name} ends on its loop`);
  });
  await run(subject, main);
}
