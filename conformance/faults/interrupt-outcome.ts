import { isCancelled, KeyboardInterrupt } from "../../reference/errors";
import { Task } from "../../reference/tasks/task";
import { interrupt } from "../../spec/families/interrupt";
import type { Fault } from "./fault";
import { afterInterruptedRun, afterRun, onInterrupt, standsForCancellation } from "./inside";
import { patch } from "./patch";

/** Wrong about how a run ends that Ctrl-C has interrupted. */
export const interruptOutcomeFaults: readonly Fault[] = [
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
];
