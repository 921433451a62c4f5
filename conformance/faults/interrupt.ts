import { isCancelled, KeyboardInterrupt } from "../../reference/errors";
import { thread } from "../../reference/current";
import { isCoroutine } from "../../reference/coroutine";
import { Driver } from "../../reference/loop/driver";
import { EventLoop } from "../../reference/loop/event-loop";
import * as interrupts from "../../reference/loop/interrupts";
import { Runner } from "../../reference/runner";
import { Task } from "../../reference/tasks/task";
import { interrupt } from "../../spec/families/interrupt";
import type { Fault } from "./fault";
import {
  afterInterruptedRun,
  afterRun,
  beforeRun,
  onInterrupt,
  standsForCancellation,
} from "./inside";
import { patch } from "./patch";

/** The main task of the run that is under way. */
function watchMain(): () => Task<unknown> | undefined {
  let main: Task<unknown> | undefined;
  patch(
    Runner.prototype,
    "drive",
    (drive) =>
      function (loop, task) {
        main = task as Task<unknown>;
        return drive.call(this, loop, task) as unknown;
      },
  );
  return () => main;
}

/** Wrong about Ctrl-C. */
export const interruptFaults: readonly Fault[] = [
  {
    name: "first-is-immediate",
    does: "ends the run at the first SIGINT and drops main where it stands",
    breaks: interrupt["first-cancels-main"],
    says: /got \[\]$/,
    alsoBreaks: ["several-runs"],
    inject: () => {
      const main = watchMain();
      onInterrupt((count, obey) => {
        drop(main());
        obey(count + 1);
      });
    },
  },
  {
    name: "interrupted-run-is-cancelled",
    does: "raises CancelledError where SIGINT cancelled main",
    breaks: interrupt["first-ends-in-keyboard-interrupt"],
    says: /expected KeyboardInterrupt, got CancelledError/,
    alsoBreaks: ["several-runs", "interrupt-handler"],
    inject: () => {
      afterRun((run) =>
        run.catch((error: unknown) => {
          throw standsForCancellation(error) ? error.cause : error;
        }),
      );
    },
  },
  {
    name: "cancels-twice",
    does: "asks main to end twice on one SIGINT",
    breaks: interrupt["first-is-one-cancel-request"],
    says: /expected 2 to equal 1/,
    alsoBreaks: ["several-runs", "interrupt-handler"],
    inject: () => {
      const main = watchMain();
      onInterrupt((count, obey) => {
        obey(count);
        if (count === 1) main()?.cancel();
      });
    },
  },
  {
    name: "leaves-what-main-awaits",
    does: "raises CancelledError in main and leaves what it waits for pending",
    breaks: interrupt["first-cancels-what-main-awaits"],
    says: /expected false to equal true/,
    inject: () => {
      let interrupting = false;
      onInterrupt((count, obey) => {
        interrupting = true;
        obey(count);
        interrupting = false;
      });
      patch(
        Task.prototype,
        "cancel",
        (cancel) =>
          function (message) {
            const { awaiting } = this;
            if (!interrupting || awaiting === null) return cancel.call(this, message) as unknown;
            awaiting.waiters = this.awaiting = null;
            const asked = cancel.call(this, message) as unknown;
            this.loop.schedule(this);
            return asked;
          },
      );
    },
  },
  {
    name: "interrupts-synchronous-code",
    does: "raises KeyboardInterrupt at the first SIGINT wherever main is",
    breaks: interrupt["first-spares-synchronous-code"],
    says: /got \[\]$/,
    alsoBreaks: ["several-runs"],
    python: { run: "on_sigint:run_immediate", runner: "on_sigint:Immediate" },
  },
  {
    name: "notices-interrupts-when-awake",
    does: "notices a SIGINT only when something else wakes its loop",
    breaks: interrupt["first-wakes-idle-loop"],
    says: /expected an end within/,
    by: "timeout",
    alsoBreaks: ["several-runs", "interrupt-handler"],
    inject: () => {
      const pending: (() => void)[] = [];
      onInterrupt((count, obey) => {
        pending.push(() => {
          obey(count);
        });
      });
      patch(
        Driver.prototype,
        "turn",
        (turn) =>
          function () {
            for (const act of pending.splice(0)) act();
            turn.call(this);
          },
      );
    },
  },
  {
    name: "cancels-every-task",
    does: "cancels all tasks on SIGINT, not only main",
    breaks: interrupt["first-spares-other-tasks"],
    says: /expected no exception, got InvalidStateError: the future is already cancelled/,
    inject: () => {
      const main = watchMain();
      onInterrupt((count, obey) => {
        const others = thread.runningLoop?.pendingTasks.toArray() ?? [];
        for (const task of others) if (task !== main()) task.cancel();
        obey(count);
      });
    },
  },
  {
    name: "starts-an-interrupted-main",
    does: "starts main although a SIGINT came before",
    breaks: interrupt["first-before-main-starts"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    inject: () => {
      patch(
        Task.prototype,
        "resume",
        (resume) =>
          function () {
            if (this.phase === "created") this.mustCancel = false;
            return resume.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "graceful-too-early",
    does: "cancels main on SIGINT before its time",
    breaks: interrupt["is-immediate-before-3.11"],
    says: /expected an exception, but .+ was returned/,
    edition: "3.10",
    alsoBreaks: ["interrupt-handler"],
    inject: ({ rules }) => {
      rules.interrupts = "graceful";
    },
  },
  {
    name: "interrupted-run-never-returns",
    does: "raises KeyboardInterrupt although main swallowed the cancellation and returned",
    breaks: interrupt["swallowed-gives-the-value"],
    says: /expected no exception, got KeyboardInterrupt/,
    inject: () => {
      afterInterruptedRun((run) =>
        run.then(() => {
          throw new KeyboardInterrupt();
        }),
      );
    },
  },
  {
    name: "interrupted-run-hides-errors",
    does: "raises KeyboardInterrupt instead of the exception main answered the cancellation with",
    breaks: interrupt["converted-escapes"],
    says: /expected RemoteException: KeyboardInterrupt to equal RemoteException: ValueError: .+/,
    inject: () => {
      afterInterruptedRun((run) =>
        run.catch((error: unknown) => {
          throw isCancelled(error) ? error : new KeyboardInterrupt();
        }),
      );
    },
  },
  {
    name: "pending-interrupt-hides-errors",
    does: "raises KeyboardInterrupt instead of an error main raises before it hears of the SIGINT",
    breaks: interrupt["unrelated-error-escapes"],
    says: /expected RemoteException: KeyboardInterrupt to equal RemoteException: ValueError: .+/,
    python: { run: "on_sigint:run_hides_errors", runner: "on_sigint:HidesErrors" },
  },
  {
    name: "cancels-a-turn-late",
    does: "cancels main in the next turn of the loop, when main may have returned",
    breaks: interrupt["pending-beats-return"],
    says: /expected an exception, but .+ was returned/,
    python: { run: "on_sigint:run_late", runner: "on_sigint:Late" },
  },
  {
    name: "tells-cancellations-apart",
    does: "raises KeyboardInterrupt only for the very CancelledError of the SIGINT",
    breaks: interrupt["raised-later-becomes-keyboard-interrupt"],
    says: /expected KeyboardInterrupt, got CancelledError: .+/,
    inject: () => {
      const mark = "by SIGINT";
      let interrupting = false;
      onInterrupt((count, obey) => {
        interrupting = true;
        obey(count);
        interrupting = false;
      });
      patch(
        Task.prototype,
        "cancel",
        (cancel) =>
          function (message) {
            return cancel.call(this, interrupting ? mark : message) as unknown;
          },
      );
      afterRun((run) =>
        run.catch((error: unknown) => {
          const other = standsForCancellation(error) && (error.cause as Error).message !== mark;
          throw other ? error.cause : error;
        }),
      );
    },
  },
  {
    name: "claims-every-cancellation",
    does: "raises KeyboardInterrupt after a SIGINT although somebody else had cancelled main, too",
    breaks: interrupt["with-other-cancel-stays-cancelled"],
    says: /expected CancelledError, got KeyboardInterrupt/,
    inject: () => {
      afterInterruptedRun((run) =>
        run.catch((error: unknown) => {
          throw isCancelled(error) ? new KeyboardInterrupt() : error;
        }),
      );
    },
  },
  {
    name: "second-cancels-again",
    does: "only cancels main again at the second SIGINT",
    breaks: interrupt["second-is-immediate"],
    says: /expected an end of the tight loop, got \d+ more signs of life after the second SIGINT/,
    python: { run: "on_sigint:run_patient", runner: "on_sigint:Patient" },
  },
  {
    name: "second-cancels-too",
    does: "cancels main once more when the second SIGINT ends the run",
    breaks: interrupt["second-does-not-cancel"],
    says: /expected \[ true, 2 \] to deeply equal \[ false, 1 \]/,
    inject: () => {
      const main = watchMain();
      onInterrupt((count, obey) => {
        if (count === 2) main()?.cancel();
        obey(count);
      });
    },
  },
  {
    name: "shutdown-spares-main",
    does: "leaves a main that is still pending as it is when it shuts down",
    breaks: interrupt["second-then-shutdown-cancels"],
    says: /got \["main is cancelled"\]$/,
    alsoBreaks: ["loop-lifecycle", "several-runs"],
    inject: () => {
      const main = watchMain();
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          function (loop: EventLoop) {
            drop(main());
            return shutDown.call(this, loop) as unknown;
          },
      );
    },
  },
  {
    name: "uncancel-makes-graceful-again",
    does: "takes the next SIGINT for the first one when main has called uncancel()",
    breaks: interrupt["second-counts-after-swallowing"],
    says: /expected an end of the run, got \d+ more signs of life after the second SIGINT/,
    python: { run: "on_sigint:run_forgiving", runner: "on_sigint:Forgiving" },
  },
  {
    name: "counts-over-all-runs",
    does: "counts the SIGINTs of earlier runs",
    breaks: interrupt["count-starts-afresh"],
    says: /"run 2 raises KeyboardInterrupt","run 3 raises/,
    alsoBreaks: ["several-runs"],
    inject: ({ atEnd }) => {
      let [before, seen] = [0, 0];
      beforeRun(() => {
        before += seen;
        seen = 0;
      });
      onInterrupt((count, obey) => {
        seen = count;
        obey(before + count);
      });
      atEnd.push(() => ([before, seen] = [0, 0]));
    },
  },
  {
    name: "ignores-interrupts-after-main",
    does: "ignores a SIGINT once main is done",
    breaks: interrupt["after-main-is-done"],
    says: /expected an exception, but .+ was returned/,
    inject: () => {
      const main = watchMain();
      onInterrupt((count, obey) => {
        if (main()?.done() !== true || thread.shuttingDown) obey(count);
      });
    },
  },
  {
    name: "shutdown-ignores-interrupts",
    does: "ignores SIGINT while leftover tasks clean up",
    breaks: interrupt["during-shutdown-is-plain"],
    says: /expected an end within/,
    by: "timeout",
    inject: () => {
      deaf(() => thread.shuttingDown);
    },
  },
  {
    name: "executor-wait-ignores-interrupts",
    does: "ignores SIGINT while it waits for the default executor",
    breaks: interrupt["during-executor-wait-is-prompt"],
    says: /expected an end within/,
    by: "timeout",
    inject: () => {
      const waiting = new WeakSet<object>();
      patch(
        EventLoop.prototype,
        "shutdownDefaultExecutor",
        (shutDown) =>
          function* (timeout) {
            waiting.add(this as EventLoop);
            yield* shutDown.call(this, timeout);
          },
      );
      deaf((loop) => waiting.has(loop));
    },
  },
  {
    name: "ignores-interrupts-between-runs",
    does: "ignores SIGINT between two runs",
    breaks: interrupt["between-runs-is-plain"],
    says: /expected an exception, but undefined was returned/,
    alsoBreaks: ["interrupt-handler", "several-runs"],
    python: { runner: "on_sigint:DeafBetweenRuns" },
  },
  {
    name: "reports-interrupts-of-callbacks",
    does: "hands a KeyboardInterrupt of a callback to the exception handler and goes on",
    breaks: interrupt["raised-by-callback-escapes"],
    says: /expected an end within/,
    by: "timeout",
    inject: () => {
      patch(
        EventLoop.prototype,
        "handleCallbackError",
        () =>
          function (exception, handle) {
            this.callExceptionHandler({ message: "a callback failed", exception, handle });
          },
      );
    },
  },
  {
    name: "other-awaitables-are-not-cancelled",
    does: "ends the run at the first SIGINT and drops main where it stands when that is no coroutine",
    breaks: interrupt["reaches-other-awaitables"],
    says: /got \[\]$/,
    inject: () => {
      let isOther = false;
      const task = watchMain();
      beforeRun((main) => {
        isOther = !isCoroutine(main);
      });
      onInterrupt((count, obey) => {
        if (isOther) drop(task());
        obey(isOther ? count + 1 : count);
      });
    },
  },
  {
    name: "drops-other-handlers",
    does: "drops the handlers of other signals when it runs",
    breaks: interrupt["spares-other-signals"],
    says: /expected \[ 'default_int_handler', 'default_int_handler' \] to deeply equal \[ recorder#\d+, recorder#\d+ \]/,
    inject: () => {
      beforeRun(() => {
        process.removeAllListeners("SIGTERM");
      });
    },
  },
];

/** Makes the shutdown forget a task. */
function drop(task: Task<unknown> | undefined): void {
  if (task?.done() === false) task.loop.pendingTasks.delete(task);
}

/** Has SIGINT do nothing while a loop runs on its own account and `isDeaf` says so. */
function deaf(isDeaf: (loop: EventLoop) => boolean): void {
  patch(interrupts, "interruptRun", (interruptRun) => (loop: EventLoop) => {
    if (!isDeaf(loop)) return interruptRun(loop) as unknown;
    const listener = () => undefined;
    process.on("SIGINT", listener);
    return () => process.off("SIGINT", listener);
  });
}
