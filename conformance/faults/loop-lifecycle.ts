import { RuntimeError } from "../../reference/errors";
import { EventLoop } from "../../reference/loop/event-loop";
import { thread } from "../../reference/current";
import { Runner } from "../../reference/runner";
import * as shutdown from "../../reference/shutdown";
import { loopLifecycle } from "../../spec/families/loop-lifecycle";
import type { Fault } from "./fault";
import { afterRun, leaveLoopOpen, watchEnds, type End, type Insides } from "./inside";
import { patch } from "./patch";

/** Wrong about when a loop begins and ends. */
export const loopLifecycleFaults: readonly Fault[] = [
  {
    name: "opens-the-old-loop-again",
    does: "uses the loop of the last run again instead of making one",
    breaks: loopLifecycle["new-each-run"],
    says: /expected loop#\d+ to not equal loop#\d+/,
    inject: ({ api, atEnd }) => {
      let last: EventLoop | undefined;
      patch(policyOf(api.Runner), "newEventLoop", (make) => () => {
        if (last?.isClosed() === true) return Object.assign(last, { closed: false });
        return (last = make() as EventLoop);
      });
      atEnd.push(() => (last = undefined));
    },
  },
  {
    name: "says-it-is-not-running",
    does: "has a loop that calls itself stopped while it runs",
    breaks: loopLifecycle["running-inside"],
    says: /expected \[ false, false \] to deeply equal \[ true, false \]/,
    alsoBreaks: ["leftover-tasks", "running-loop"],
    inject: ({ operations }) => {
      operations["loop.is_running"] = () => false;
    },
  },
  {
    name: "remembers-the-running-loop",
    does: "gives the last loop as the running one after the run",
    breaks: loopLifecycle["none-running-after"],
    says: /expected an exception, but loop#\d+ was returned/,
    inject: ({ operations, atEnd }) => {
      let last: EventLoop | null = null;
      patch(
        EventLoop.prototype,
        "runForever",
        (runForever) =>
          function () {
            last = this as EventLoop;
            return runForever.call(this) as unknown;
          },
      );
      operations["asyncio.get_running_loop"] = () => {
        const loop = thread.runningLoop ?? last;
        if (loop === null) throw new RuntimeError("no running event loop");
        return loop;
      };
      atEnd.push(() => (last = null));
    },
  },
  leavesOpen("returned", "closed-after-return", "main returned"),
  leavesOpen("failed", "closed-after-exception", "main raised an ordinary exception"),
  leavesOpen(
    "ended otherwise",
    "closed-after-base-exception",
    "main ended with SystemExit and its like",
  ),
  {
    name: "runs-no-more-after-a-failure",
    does: "refuses every run() after one that raised",
    breaks: loopLifecycle["runs-in-sequence"],
    says: /expected no exception, got RuntimeError: the last run failed/,
    alsoBreaks: ["argument", "signature"],
    inject: ({ api, atEnd }) => {
      let failed = false;
      patch(api, "run", (run) => (...args) => {
        if (failed) throw new RuntimeError("the last run failed");
        return (run(...args) as Promise<unknown>).catch((error: unknown) => {
          failed = true;
          throw error;
        });
      });
      atEnd.push(() => (failed = false));
    },
  },
  {
    name: "closes-the-callers-loop",
    does: "closes the loop that was current before the run",
    breaks: loopLifecycle["callers-loop-spared"],
    says: /expected true to equal false/,
    alsoBreaks: ["current-loop", "signature", "context", "several-runs"],
    inject: () => {
      patch(
        Runner.prototype,
        "makeLoop",
        (makeLoop) =>
          function () {
            if (thread.currentLoop !== thread.runningLoop) thread.currentLoop?.close();
            return makeLoop.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "stopping-is-no-error",
    does: "returns None from a run whose loop was stopped",
    breaks: loopLifecycle["stopped-by-main"],
    says: /expected an exception, but null was returned/,
    alsoBreaks: ["several-runs"],
    inject: () => {
      afterRun((run) =>
        run.catch((error: unknown) => {
          if (error instanceof RuntimeError && error.message.includes("stopped before"))
            return null;
          throw error;
        }),
      );
    },
  },
  {
    name: "failed-shutdown-leaves-the-loop-open",
    does: "leaves the loop open when a step of the shutdown raises",
    breaks: loopLifecycle["closed-when-shutdown-fails"],
    says: /expected false to equal true/,
    alsoBreaks: ["close", "leftover-tasks", "interrupt", "executor"],
    inject: ({ rules }) => {
      patch(
        Runner.prototype,
        "shutDown",
        () =>
          async function (this: Insides, loop: EventLoop) {
            thread.shuttingDown = true;
            try {
              await shutdown.shutDown(loop, rules.executorLimit);
            } finally {
              thread.shuttingDown = false;
            }
            this.end(loop);
          },
      );
    },
  },
  {
    name: "calls-timers-early",
    does: "calls every timer that is left when it closes the loop",
    breaks: loopLifecycle["timers-discarded"],
    says: /function puppet \d+ was started, but it must stay untouched/,
    inject: () => {
      patch(
        EventLoop.prototype,
        "close",
        (close) =>
          function () {
            const { timers } = this.driver;
            while (timers.size > 0) timers.pop()?.run();
            close.call(this);
          },
      );
    },
  },
];

/** A runner that closes its loop after most runs, but not after all. */
function leavesOpen(end: End, requirement: keyof typeof loopLifecycle, when: string): Fault {
  return {
    name: `open-when-${end.replace(/ /g, "-")}`,
    does: `leaves the loop open after a run in which ${when}`,
    breaks: loopLifecycle[requirement],
    says: /expected false to equal true/,
    alsoBreaks: [
      ...["argument", "leftover-tasks", "current-loop", "loop-factory", "close"],
      ...["interrupt", "interrupt-handler"],
    ],
    inject: () => {
      const endOf = watchEnds();
      leaveLoopOpen((runner) => endOf(runner) === end);
    },
  };
}

/** Where a runner gets its loops from. */
const policyOf = (RunnerClass: unknown): object => (RunnerClass as { policy: object }).policy;
