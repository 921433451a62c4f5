import { isException, KeyboardInterrupt, RuntimeError } from "../../reference/errors";
import type { EventLoop } from "../../reference/loop/event-loop";
import * as interrupts from "../../reference/loop/interrupts";
import { Runner } from "../../reference/runner";
import { severalRuns } from "../../spec/families/several-runs";
import type { Fault } from "./fault";
import { afterRun, beforeRun, withoutLeftovers, type Insides } from "./inside";
import { patch } from "./patch";

const wasStopped = (error: unknown): boolean =>
  error instanceof RuntimeError && error.message.includes("stopped before");

/** Wrong about several runs of one runner. */
export const severalRunsFaults: readonly Fault[] = [
  {
    name: "each-run-has-its-loop",
    does: "makes another loop for every run",
    breaks: severalRuns["share-one-loop"],
    says: /expected 3 to equal 1/,
    alsoBreaks: [
      "lazy-initialisation",
      "async-generators",
      "executor",
      "debug",
      "loop-factory",
      "argument",
      "interrupt",
    ],
    inject: () => {
      const ran = new WeakSet();
      beforeRun(function () {
        if (
          this.loop !== null &&
          ran.has(this) &&
          !this.loop.isClosed() &&
          !this.loop.isRunning()
        ) {
          const { context } = this;
          this.loop.close();
          this.loop = null;
          this.initialize();
          this.context = context;
        }
        ran.add(this);
      });
    },
  },
  {
    name: "closes-the-loop-after-each-run",
    does: "closes itself, and so its loop, at the end of every run",
    breaks: severalRuns["loop-stays-open"],
    says: /expected true to equal false|the runner is closed/,
    alsoBreaks: [
      ...[
        "result",
        "argument",
        "signature",
        "current-loop",
        "async-generators",
        "executor",
        "debug",
        "loop-factory",
      ],
      ...["lazy-initialisation", "context", "close", "interrupt", "interrupt-handler"],
    ],
    inject: () => {
      afterRun(function (run) {
        return run.finally(() => (this.phase === "initialized" ? this.close() : undefined));
      });
    },
  },
  {
    name: "cancels-leftovers-after-each-run",
    does: "cancels what a run leaves behind at its end",
    breaks: severalRuns["leftover-rests-between-runs"],
    says: /expected no exception, got InvalidStateError: the future is already cancelled/,
    alsoBreaks: ["interrupt"],
    inject: () => {
      afterRun(function (run) {
        const { loop } = this;
        return run.finally(() => loop?.pendingTasks.toArray().forEach((task) => task.cancel()));
      });
    },
  },
  {
    name: "drops-leftovers-after-each-run",
    does: "never resumes a task that a run has left behind",
    breaks: severalRuns["leftover-goes-on-in-the-next-run"],
    says: /expected an end within/,
    by: "timeout",
    alsoBreaks: [
      "interrupt",
      "leftover-tasks",
      "async-generators",
      "close",
      "loop-lifecycle",
      "interrupt-handler",
    ],
    inject: () => {
      afterRun(function (run) {
        const { loop } = this;
        return run.finally(() => {
          for (const task of loop?.pendingTasks.toArray() ?? []) {
            Object.assign(task, { phase: "closed" });
            loop?.pendingTasks.delete(task);
          }
        });
      });
    },
  },
  {
    name: "close-forgets-older-leftovers",
    does: "cancels in close() only what the last run has left behind",
    breaks: severalRuns["leftover-ends-at-close"],
    says: /got \["task starts","closing","closed"\]$/,
    alsoBreaks: ["leftover-tasks", "close", "async-generators"],
    inject: ({ api }) => {
      let inRun = false;
      patch(api, "run", (run) => (...args) => {
        inRun = true;
        return (run(...args) as Promise<unknown>).finally(() => (inRun = false));
      });
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          function (loop: EventLoop) {
            const end = () => shutDown.call(this, loop) as Promise<void>;
            return inRun ? end() : withoutLeftovers(loop, end);
          },
      );
    },
  },
  {
    name: "ends-with-a-failed-run",
    does: "refuses to run again after a run that raised",
    breaks: severalRuns["usable-after-a-failed-run"],
    says: /expected no exception, got RuntimeError: the last run failed/,
    alsoBreaks: ["result", "argument", "signature"],
    inject: () => {
      noRunAfter((error) => isException(error) && !wasStopped(error));
    },
  },
  {
    name: "ends-with-an-interrupted-run",
    does: "refuses to run again after a run that raised KeyboardInterrupt",
    breaks: severalRuns["usable-after-an-interrupted-run"],
    says: /expected no exception, got RuntimeError: the last run failed/,
    alsoBreaks: ["interrupt"],
    inject: () => {
      noRunAfter((error) => error instanceof KeyboardInterrupt);
    },
  },
  {
    name: "runner-takes-stopping-for-success",
    does: "returns None from a Runner.run() whose loop was stopped",
    breaks: severalRuns["stopped-run-raises"],
    says: /expected an exception, but null was returned/,
    alsoBreaks: ["loop-lifecycle"],
    inject: () => {
      afterRun((run) =>
        run.catch((error: unknown) => {
          if (wasStopped(error)) return null;
          throw error;
        }),
      );
    },
  },
  {
    name: "cancels-a-stopped-main",
    does: "cancels main when its loop was stopped",
    breaks: severalRuns["stopped-main-goes-on-in-the-next-run"],
    says: /expected no exception, got InvalidStateError: the future is already cancelled/,
    inject: () => {
      afterRun(function (run) {
        const { loop } = this;
        return run.catch((error: unknown) => {
          if (wasStopped(error)) loop?.pendingTasks.toArray().forEach((task) => task.cancel());
          throw error;
        });
      });
    },
  },
  {
    name: "stopped-run-keeps-the-handler",
    does: "keeps handling SIGINT after a run whose loop was stopped",
    breaks: severalRuns["stopped-run-restores-the-handler"],
    says: /expected function#\d+ to equal 'default_int_handler'/,
    inject: ({ operations, atEnd }) => {
      let stopped = false;
      let release: (() => void) | undefined;
      patch(operations, "loop.stop", (stop) => (request) => {
        stopped = true;
        return stop(request) as unknown;
      });
      patch(interrupts, "handleInterrupts", (handle) => (...args) => {
        const real = handle(...args) as () => void;
        return () => {
          if (stopped) release = real;
          else real();
        };
      });
      atEnd.push(() => {
        stopped = false;
        release?.();
      });
    },
  },
  {
    name: "runners-share-an-open-loop",
    does: "takes the loop of another runner if that is still open",
    breaks: severalRuns["runners-take-turns"],
    says: /expected loop#\d+ to not equal loop#\d+/,
    alsoBreaks: [
      "signature",
      "context",
      "argument",
      "close",
      "loop-factory",
      "current-loop",
      "running-loop",
    ],
    inject: ({ atEnd }) => {
      let last: EventLoop | undefined;
      patch(
        Runner.prototype,
        "makeLoop",
        (makeLoop) =>
          function (this: Insides) {
            if (this.loopFactory === null && last?.isClosed() === false) return last;
            return (last = makeLoop.call(this) as EventLoop);
          },
      );
      atEnd.push(() => (last = undefined));
    },
  },
];

/** Has a runner refuse to run once a run has raised such an error. */
function noRunAfter(isFinal: (error: unknown) => boolean): void {
  const ended = new WeakSet();
  beforeRun(function () {
    if (ended.has(this)) throw new RuntimeError("the last run failed");
  });
  afterRun(function (run) {
    return run.catch((error: unknown) => {
      if (isFinal(error)) ended.add(this);
      throw error;
    });
  });
}
