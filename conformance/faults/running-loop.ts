import { isMainThread } from "node:worker_threads";

import { thread } from "../../reference/current";
import { RuntimeError } from "../../reference/errors";
import { Runner } from "../../reference/runner";
import { runningLoop } from "../../spec/families/running-loop";
import type { Fault } from "./fault";
import { beforeRun } from "./inside";
import { patch, type Method } from "./patch";

/** Wrong about loops that are running already. */
export const runningLoopFaults: readonly Fault[] = [
  {
    name: "ignores-run-in-a-task",
    does: "returns None at once from run() inside a task",
    breaks: runningLoop["run-refused"],
    says: /expected an exception, but null was returned/,
    alsoBreaks: ["argument"],
    inject: ({ api }) => {
      patch(
        api,
        "run",
        (run) =>
          (...args) =>
            thread.task === null ? run(...args) : null,
      );
    },
  },
  {
    name: "ignores-run-in-a-callback",
    does: "returns None at once from run() inside a callback of the loop",
    breaks: runningLoop["run-refused-in-callback"],
    says: /expected an exception, but null was returned/,
    inject: ({ api }) => {
      const inCallback = () => thread.runningLoop !== null && thread.task === null;
      patch(
        api,
        "run",
        (run) =>
          (...args) =>
            inCallback() ? null : run(...args),
      );
    },
  },
  {
    name: "ignores-runs-beside-another-loop",
    does: "returns None at once from Runner.run() while another loop than its own runs",
    breaks: runningLoop["runner-run-refused"],
    says: /expected an exception, but null was returned/,
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (...args) {
            const other = thread.runningLoop !== null && thread.runningLoop !== this.loop;
            return other ? null : (run.apply(this, args) as unknown);
          },
      );
    },
  },
  {
    name: "refuses-nesting-with-type-error",
    does: "raises TypeError where a loop is running already",
    breaks: runningLoop["refused-with-runtime-error"],
    says: /expected RuntimeError, got TypeError: a loop is running/,
    inject: ({ api }) => {
      onRefusal(api, () => {
        throw new TypeError("a loop is running");
      });
    },
  },
  {
    name: "stops-the-outer-loop",
    does: "stops the running loop when it refuses a run inside it",
    breaks: runningLoop["refusal-spares-outer-loop"],
    says: /expected no exception, got RuntimeError: the event loop stopped before the future was done/,
    alsoBreaks: ["argument"],
    inject: ({ api }) => {
      onRefusal(api, () => thread.runningLoop?.stop());
    },
  },
  {
    name: "refuses-other-threads",
    does: "refuses to run outside the main thread",
    breaks: runningLoop["other-thread-allowed"],
    says: /expected no exception, got RuntimeError: only the main thread can run/,
    alsoBreaks: ["threads", "current-loop"],
    inject: () => {
      beforeRun(() => {
        if (!isMainThread) throw new RuntimeError("only the main thread can run");
      });
    },
  },
  {
    name: "refuses-beside-an-idle-loop",
    does: "takes an open current loop for a running one",
    breaks: runningLoop["idle-loop-allowed"],
    says: /expected no exception, got RuntimeError: there is an event loop/,
    alsoBreaks: [
      "current-loop",
      "loop-lifecycle",
      "lazy-initialisation",
      "context",
      "several-runs",
    ],
    inject: () => {
      beforeRun(function () {
        const { currentLoop } = thread;
        if (currentLoop !== null && currentLoop !== this.loop && !currentLoop.isClosed()) {
          throw new RuntimeError("there is an event loop");
        }
      });
    },
  },
  {
    name: "makes-no-loop-beside-another",
    does: "refuses to make a runner's loop while another loop runs",
    breaks: runningLoop["runner-made-inside"],
    says: /expected no exception, got RuntimeError: another loop is running/,
    inject: () => {
      patch(
        Runner.prototype,
        "getLoop",
        (getLoop) =>
          function () {
            const other = thread.runningLoop !== null && thread.runningLoop !== this.loop;
            if (other) throw new RuntimeError("another loop is running");
            return getLoop.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "refuses-to-close-inside",
    does: "leaves everything as it is when a runner is closed while another loop runs",
    breaks: runningLoop["runner-closed-inside"],
    says: /expected \[ false, false \] to deeply equal \[ true, false \]/,
    inject: () => {
      patch(
        Runner.prototype,
        "close",
        (close) =>
          function () {
            if (thread.runningLoop !== null) throw new RuntimeError("another loop is running");
            return close.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "makes-a-loop-before-refusing",
    does: "calls the loop factory before it looks for a running loop",
    breaks: runningLoop["refusal-makes-no-loop"],
    says: /function puppet \d+ was started, but it must stay untouched/,
    inject: ({ api }) => {
      patch(api, "run", (run) => (main, options) => {
        if (thread.runningLoop !== null) options?.loopFactory?.();
        return run(main, options);
      });
      beforeRun(function () {
        if (thread.runningLoop !== null) this.initialize();
      });
    },
  },
];

/** Does something when a run is refused because of a running loop. */
function onRefusal(api: object, react: () => void): void {
  const reacting = (run: Method): Method =>
    function (...args) {
      try {
        return run.apply(this, args) as unknown;
      } catch (error) {
        if (thread.runningLoop !== null) react();
        throw error;
      }
    };
  patch(api, "run", reacting);
  patch(Runner.prototype, "run", reacting);
}
