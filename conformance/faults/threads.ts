import { isMainThread } from "node:worker_threads";

import { thread } from "../../reference/current";
import * as interrupts from "../../reference/loop/interrupts";
import { threads } from "../../spec/families/threads";
import { currentLoop } from "../../spec/families/current-loop";
import { runningLoop } from "../../spec/families/running-loop";
import type { Fault } from "./fault";
import { afterRun } from "./inside";
import { patch } from "./patch";

/** Wrong about threads. */
export const threadsFaults: readonly Fault[] = [
  {
    name: "loses-results-in-threads",
    does: "returns None from a run in a thread other than the main one",
    breaks: threads["runs-in-any-thread"],
    says: /expected null to equal object#\d+/,
    alsoBreaks: [runningLoop["other-thread-allowed"], currentLoop["only-own-thread"]],
    inject: () => {
      afterRun((run) => (isMainThread ? run : run.then(() => null)));
    },
  },
  {
    name: "one-run-at-a-time",
    does: "refuses a run while another thread is in one",
    breaks: threads["runs-side-by-side"],
    says: /expected no exception, got RuntimeError: another thread is in a run/,
    alsoBreaks: [runningLoop["other-thread-allowed"]],
    python: { run: "one_at_a_time:run", runner: "one_at_a_time:Runner" },
  },
  {
    name: "handles-sigint-in-threads",
    does: "takes SIGINT over in threads other than the main one",
    breaks: threads["handler-is-left-alone"],
    says: /expected \[ function#\d+, function#\d+, 'default_int_handler' \] to deeply equal \[ 'default_int_handler', 'default_int_handler', 'default_int_handler' \]/,
    inject: () => {
      patch(
        interrupts,
        "interruptHandling",
        (handling) => () =>
          !isMainThread && thread.runningLoop !== null ? "graceful" : (handling() as unknown),
      );
    },
  },
  {
    name: "interrupts-other-threads",
    does: "cancels the main task of another thread on SIGINT",
    breaks: threads["interrupt-spares-other-threads"],
    says: /got \["CancelledError"\]/,
    alsoBreaks: ["several-runs", "interrupt-handler"],
    python: { run: "interrupts_threads:run", runner: "interrupts_threads:Runner" },
  },
];
