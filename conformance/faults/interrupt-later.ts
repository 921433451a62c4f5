import { thread } from "../../reference/current";
import { isCoroutine } from "../../reference/coroutine";
import { EventLoop } from "../../reference/loop/event-loop";
import { Runner } from "../../reference/runner";
import { interrupt } from "../../spec/families/interrupt";
import type { Fault } from "./fault";
import { beforeRun, onInterrupt } from "./inside";
import { patch } from "./patch";

import { deaf, drop, watchMain } from "./interrupt-tools";

/** Wrong about the second Ctrl-C, and those that come when main is not running. */
export const laterInterruptFaults: readonly Fault[] = [
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
    alsoBreaks: ["interrupt-handler"],
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
