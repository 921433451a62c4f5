import { thread } from "../../reference/current";
import { Driver } from "../../reference/loop/driver";
import { Task } from "../../reference/tasks/task";
import { interrupt } from "../../spec/families/interrupt";
import type { Fault } from "./fault";
import { afterRun, onInterrupt, standsForCancellation } from "./inside";
import { patch } from "./patch";

import { drop, watchMain } from "./interrupt-tools";

/** Wrong about the first Ctrl-C of a run. */
export const firstInterruptFaults: readonly Fault[] = [
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
    name: "cancels-with-a-message",
    does: "says why when it cancels main",
    breaks: interrupt["first-cancels-without-message"],
    says: /its message: expected 'interrupted' to equal ''/,
    inject: () => {
      const main = watchMain();
      onInterrupt((count, obey) => {
        const task = main();
        if (task !== undefined) {
          Object.assign(task, { cancel: () => Task.prototype.cancel.call(task, "interrupted") });
        }
        obey(count);
        if (task !== undefined) Reflect.deleteProperty(task, "cancel");
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
];
