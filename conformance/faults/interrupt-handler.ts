import { isCancelled, isFatal } from "../../reference/errors";
import { EventLoop } from "../../reference/loop/event-loop";
import * as interrupts from "../../reference/loop/interrupts";
import { Runner } from "../../reference/runner";
import { interruptHandler } from "../../spec/families/interrupt-handler";
import type { Fault, Reference } from "./fault";
import { afterRun, beforeRun, type Insides } from "./inside";
import { patch } from "./patch";

/** Wrong about the handler of SIGINT. */
export const interruptHandlerFaults: readonly Fault[] = [
  {
    name: "installs-no-handler",
    does: "leaves SIGINT to the language's default",
    breaks: interruptHandler.installed,
    says: /expected 'default_int_handler' to not equal 'default_int_handler'/,
    alsoBreaks: ["interrupt", "several-runs"],
    inject: ({ rules }) => {
      rules.interrupts = "plain";
    },
  },
  {
    name: "installs-a-handler-too-early",
    does: "handles SIGINT itself before its time",
    breaks: interruptHandler["not-installed-before-3.11"],
    says: /expected function#\d+ to equal 'default_int_handler'/,
    edition: "3.10",
    alsoBreaks: ["interrupt"],
    inject: ({ rules }) => {
      rules.interrupts = "graceful";
    },
  },
  {
    name: "installs-its-handler-late",
    does: "installs its handler after main has begun",
    breaks: interruptHandler["installed-before-main"],
    says: /expected 'default_int_handler' to not equal 'default_int_handler'/,
    alsoBreaks: ["interrupt"],
    inject: () => {
      patch(interrupts, "handleInterrupts", (handle) => (mode, obey) => {
        if (mode !== "graceful") return handle(mode, obey) as unknown;
        let release: (() => void) | undefined;
        const late = setTimeout(() => (release = handle(mode, obey) as () => void), 5);
        return () => {
          clearTimeout(late);
          release?.();
        };
      });
    },
  },
  {
    name: "installs-its-handler-before-the-loop",
    does: "installs its handler before it calls the loop factory",
    breaks: interruptHandler["factories-run-before-it"],
    says: /expected function#\d+ to equal 'default_int_handler'/,
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (this: Insides, ...args) {
            const release = interrupts.handleInterrupts("graceful", () => undefined);
            try {
              this.initialize();
            } finally {
              release();
            }
            return run.apply(this, args) as unknown;
          },
      );
    },
  },
  keepsHandler("returned", "removed-after-return"),
  keepsHandler("failed", "removed-after-exception"),
  keepsHandler("interrupted", "removed-after-interrupt"),
  {
    name: "keeps-its-handler-until-close",
    does: "keeps its handler until the runner is closed",
    breaks: interruptHandler["lasts-one-run"],
    says: /expected \[ function#\d+, function#\d+ \] to deeply equal \[ 'default_int_handler', 'default_int_handler' \]/,
    alsoBreaks: ["interrupt", "several-runs"],
    inject: (reference) => {
      releaseAtEnd(reference, () => true);
    },
  },
  {
    name: "keeps-its-handler-during-shutdown",
    does: "keeps its handler in run() while leftover tasks clean up",
    breaks: interruptHandler["gone-during-shutdown"],
    says: /expected function#\d+ to equal 'default_int_handler'/,
    alsoBreaks: ["interrupt", "several-runs"],
    inject: (reference) => {
      let inRun = false;
      patch(reference.api, "run", (run) => (...args) => {
        inRun = true;
        return (run(...args) as Promise<unknown>).finally(() => (inRun = false));
      });
      releaseAtEnd(reference, () => inRun);
    },
  },
  {
    name: "replaces-foreign-handlers",
    does: "drops a handler of SIGINT that somebody else has installed",
    breaks: interruptHandler["foreign-is-kept"],
    says: /expected \[ function#\d+, 'default_int_handler' \] to deeply equal \[ recorder#\d+, recorder#\d+ \]/,
    inject: () => {
      beforeRun(() => {
        process.removeAllListeners("SIGINT");
      });
    },
  },
  {
    name: "drops-the-users-handler",
    does: "drops a handler of SIGINT that main has installed at the end of the run",
    breaks: interruptHandler["users-own-survives"],
    says: /expected 'default_int_handler' to equal recorder#\d+/,
    alsoBreaks: [interruptHandler["foreign-is-kept"]],
    inject: () => {
      afterRun((run) => run.finally(() => process.removeAllListeners("SIGINT")));
    },
  },
  {
    name: "ignores-add-signal-handler",
    does: "goes on to cancel main on SIGINT after loop.add_signal_handler",
    breaks: interruptHandler["loop-handler-takes-over"],
    says: /expected no exception, got KeyboardInterrupt/,
    inject: () => {
      patch(EventLoop.prototype, "addSignalHandler", () => () => undefined);
    },
  },
];

/** A runner that forgets to give SIGINT back after some of its runs. */
function keepsHandler(
  end: "returned" | "failed" | "interrupted",
  requirement: keyof typeof interruptHandler,
): Fault {
  return {
    name: `keeps-its-handler-when-${end}`,
    does: `goes on handling SIGINT after a run that ${end === "interrupted" ? "was interrupted" : end}`,
    breaks: interruptHandler[requirement],
    says: /expected function#\d+ to equal 'default_int_handler'/,
    alsoBreaks: ["interrupt", "several-runs", "context"],
    inject: ({ atEnd }) => {
      let ended: string | undefined;
      const kept: (() => void)[] = [];
      patch(
        EventLoop.prototype,
        "complete",
        (complete) =>
          function (future) {
            return (complete.call(this, future) as Promise<unknown>).then(
              (value) => {
                ended = "returned";
                return value;
              },
              (error: unknown) => {
                ended = isCancelled(error) || isFatal(error) ? "interrupted" : "failed";
                throw error;
              },
            );
          },
      );
      patch(interrupts, "handleInterrupts", (handle) => (mode, obey) => {
        const release = handle(mode, obey) as () => void;
        return () => {
          if (ended === end && mode === "graceful") kept.push(release);
          else release();
        };
      });
      atEnd.push(() => {
        for (const release of kept.splice(0)) release();
      });
    },
  };
}

/** Puts off giving SIGINT back until the runner ends. */
function releaseAtEnd({ atEnd }: Reference, putsOff: () => boolean): void {
  const kept: (() => void)[] = [];
  const releaseAll = () => {
    for (const release of kept.splice(0)) release();
  };
  patch(interrupts, "handleInterrupts", (handle) => (mode, obey) => {
    const release = handle(mode, obey) as () => void;
    return () => {
      if (putsOff() && mode === "graceful") kept.push(release);
      else release();
    };
  });
  patch(
    Runner.prototype,
    "end",
    (end) =>
      function (loop) {
        releaseAll();
        end.call(this, loop);
      },
  );
  atEnd.push(releaseAll);
}
