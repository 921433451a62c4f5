import { verifies } from "../../harness/judge/suite";
import { expect } from "../../harness/subject/assertions";
import type { RemoteException } from "../../harness/subject/remote";
import { failureOf, type Subject } from "../../harness/subject/subject";
import { newTrace } from "../../harness/subject/trace";
import { interrupt } from "../../spec/families/interrupt";
import { waysToRun } from "../ways";
import { interruptWhileBusy, waitForInterrupt } from "./interrupting";

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    interrupt["after-main-is-done"],
    `raises KeyboardInterrupt through ${way}`,
    options,
    async (subject) => {
      const callback = subject.callable(async (co) => {
        await interruptWhileBusy(subject, co);
      });
      const main = subject.coroutine(async () => {
        await (await subject.currentTask()).addDoneCallback(callback);
        return subject.nonce();
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
    },
  );

  verifies(
    interrupt["reaches-other-awaitables"],
    `cancels an awaitable through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const main = subject.awaitable(async (co) => {
        try {
          await waitForInterrupt(subject, co);
        } catch (error) {
          expect(error).to.be.remote("CancelledError");
          trace("the awaitable is cancelled");
          throw error;
        }
      });

      expect(await failureOf(run(subject, main))).to.be.remote("KeyboardInterrupt");
      expect(trace).to.tell(["the awaitable is cancelled"]);
    },
  );

  verifies(
    interrupt["raised-by-callback-escapes"],
    `escapes and cancels main through ${way}`,
    options,
    async (subject) => {
      const trace = newTrace();
      const raised = await subject.exception("KeyboardInterrupt", subject.nonce());
      const callback = subject.function(() => {
        throw raised;
      });
      const main = subject.coroutine(async (co) => {
        const loop = await subject.getRunningLoop();
        await loop.callSoon(callback);
        try {
          await co.await(await loop.createFuture());
        } finally {
          trace("main unwinds");
        }
      });

      expect(await failureOf(run(subject, main))).to.equal(raised);
      expect(trace).to.tell(["main unwinds"]);
    },
  );
}

verifies(
  interrupt["spares-other-signals"],
  "leaves SIGTERM with the handler it had",
  { needs: ["run"] },
  async (subject) => {
    const handler = await subject.recorder();
    await subject.ask("signal.signal", { args: ["SIGTERM", handler] });
    const handlerNow = () => subject.ask("signal.getsignal", { args: ["SIGTERM"] });
    let during: unknown;
    const main = subject.coroutine(async () => {
      during = await handlerNow();
    });

    await subject.run(main);

    expect([during, await handlerNow()]).to.deep.equal([handler, handler]);
  },
);

verifies(
  interrupt["during-shutdown-is-plain"],
  "raises KeyboardInterrupt and closes the loop",
  async (subject) => {
    let loop: Awaited<ReturnType<Subject["getRunningLoop"]>> | undefined;
    const leftover = subject.coroutine(async (co) => {
      loop = await subject.getRunningLoop();
      await failureOf(co.await(await loop.createFuture()));
      await waitForInterrupt(subject, co);
    });
    const main = subject.coroutine(async (co) => {
      await (await subject.getRunningLoop()).createTask(leftover);
      await co.await(await subject.sleep(0));
    });

    const raised = await failureOf(subject.run(main));

    expect(raised).to.be.remote("KeyboardInterrupt");
    expect(await loop?.isClosed(), "is_closed()").to.equal(true);
  },
);

verifies(
  interrupt["during-executor-wait-is-prompt"],
  "raises KeyboardInterrupt and closes the loop",
  async (subject) => {
    const gate = subject.gate();
    const job = await subject.job({ until: gate });
    let loop: Awaited<ReturnType<Subject["getRunningLoop"]>> | undefined;
    const main = subject.coroutine(async () => {
      loop = await subject.getRunningLoop();
      await loop.runInExecutor(job);
    });

    const running = subject.run(main);
    await main.finished;
    // Earlier, the SIGINT would end the run of main, and the executor's job would still be waited for.
    await subject.conversation.idle();
    await subject.expectPending(running, "the run");
    subject.interrupt();
    const raised = await failureOf(running);

    expect(raised).to.be.remote("KeyboardInterrupt");
    expect(await loop?.isClosed(), "is_closed()").to.equal(true);
    gate.open();
  },
);

verifies(
  interrupt["between-runs-is-plain"],
  "raises in the code between two runs",
  async (subject) => {
    const value = subject.nonce();
    let between: RemoteException | undefined;
    const runner = await subject.Runner();
    const body = subject.callable(async (co) => {
      await runner.run(subject.coroutine(() => null));
      between = await failureOf(interruptWhileBusy(subject, co));
      return runner.run(subject.coroutine(() => value));
    });

    expect(await runner.with(body)).to.equal(value);
    expect(between).to.be.remote("KeyboardInterrupt");
  },
);

verifies(
  interrupt["is-immediate-before-3.11"],
  "raises KeyboardInterrupt although main returns a value in its cleanup",
  async (subject) => {
    const trace = newTrace();
    const main = subject.coroutine(async (co) => {
      trace(`main gets ${(await failureOf(waitForInterrupt(subject, co))).type}`);
      return subject.nonce();
    });

    const raised = await failureOf(subject.run(main));

    expect(raised).to.be.remote("KeyboardInterrupt");
    expect(trace).to.tell(["main gets CancelledError"]);
  },
);

verifies(
  interrupt["is-immediate-before-3.11"],
  "raises KeyboardInterrupt inside synchronous code of main",
  { needs: ["default-int-handler"] },
  async (subject) => {
    const trace = newTrace();
    const main = subject.coroutine(async (co) => {
      const seen = await failureOf(interruptWhileBusy(subject, co));
      trace(`main gets ${seen.type}`);
      throw seen;
    });

    expect(await failureOf(subject.run(main))).to.be.remote("KeyboardInterrupt");
    expect(trace).to.tell(["main gets KeyboardInterrupt"]);
  },
);
