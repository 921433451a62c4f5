import { thread } from "../../reference/current";
import { isFatal } from "../../reference/errors";
import { EventLoop } from "../../reference/loop/event-loop";
import { Runner } from "../../reference/runner";
import { gather } from "../../reference/tasks/gather";
import { sleep } from "../../reference/tasks/sleep";
import { leftoverTasks } from "../../spec/families/leftover-tasks";
import type { Fault } from "./fault";
import { treatLeftovers, watchEnds, withoutLeftovers } from "./inside";
import { patch } from "./patch";

const leftoversOf = (loop: EventLoop) => loop.pendingTasks.toArray();
const awaitAll = async (loop: EventLoop): Promise<void> => {
  const leftovers = leftoversOf(loop);
  if (leftovers.length === 0) return;
  await loop.runUntilComplete(gather(leftovers, { returnExceptions: true }));
};

/** Wrong about tasks that main leaves behind. */
export const leftoverTasksFaults: readonly Fault[] = [
  {
    name: "forgets-leftovers",
    does: "leaves leftover tasks as they are",
    breaks: leftoverTasks.cancelled,
    says: /got \["main ends","run ends"\]$/,
    alsoBreaks: [
      "close",
      "async-generators",
      "several-runs",
      "interrupt",
      "interrupt-handler",
      "loop-lifecycle",
    ],
    inject: () => {
      treatLeftovers(() => undefined);
    },
  },
  {
    name: "forgets-leftovers-of-a-failed-main",
    does: "leaves leftover tasks as they are when main raised",
    breaks: leftoverTasks["cancelled.when-main-fails"],
    says: /got \["run ends"\]$/,
    alsoBreaks: ["interrupt", "loop-lifecycle"],
    inject: () => {
      const endOf = watchEnds();
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          function (loop) {
            const end = () => shutDown.call(this, loop) as Promise<void>;
            return endOf(this) === "returned" ? end() : withoutLeftovers(loop, end);
          },
      );
    },
  },
  {
    name: "cancels-one-by-one",
    does: "cancels a leftover task only when the one before has ended",
    breaks: leftoverTasks["cancelled.together"],
    says: /got \["cancelled","cleaned up","cancelled","cleaned up"\]$/,
    inject: () => {
      treatLeftovers(async (loop) => {
        for (const task of leftoversOf(loop)) {
          task.cancel();
          await loop.runUntilComplete(gather([task], { returnExceptions: true }));
        }
      });
    },
  },
  {
    name: "cancels-again-and-again",
    does: "cancels leftover tasks in every turn until they end",
    breaks: leftoverTasks["cancelled.once"],
    says: /got \["cancelled","cancelled again","run ends"\]$/,
    alsoBreaks: ["async-generators", "close", "interrupt"],
    inject: () => {
      treatLeftovers(async (loop) => {
        while (leftoversOf(loop).length > 0) {
          for (const task of leftoversOf(loop)) task.cancel();
          await loop.runUntilComplete(sleep(0));
        }
      });
    },
  },
  {
    name: "does-not-wait-for-cleanup",
    does: "gives cancelled leftover tasks one turn of the loop",
    breaks: leftoverTasks.awaited,
    says: /got \["cleanup begins","run ends"\]$/,
    alsoBreaks: ["async-generators", "close", "interrupt"],
    inject: () => {
      treatLeftovers(async (loop) => {
        for (const task of leftoversOf(loop)) task.cancel();
        await loop.runUntilComplete(sleep(0));
      });
    },
  },
  {
    name: "cleans-up-on-a-stopped-loop",
    does: "calls its loop stopped while leftover tasks clean up",
    breaks: leftoverTasks["awaited.on-a-live-loop"],
    says: /expected \[ loop#\d+, false, false \] to deeply equal \[ loop#\d+, true, false \]/,
    inject: ({ operations }) => {
      patch(
        operations,
        "loop.is_running",
        (isRunning) => (request) => (thread.shuttingDown ? false : isRunning(request)),
      );
    },
  },
  {
    name: "waits-for-the-children-of-leftovers",
    does: "waits for tasks that leftover tasks make, too",
    breaks: leftoverTasks["awaited.not-their-own-children"],
    says: /expected an end/,
    by: "timeout",
    inject: () => {
      treatLeftovers(async (loop) => {
        for (const task of leftoversOf(loop)) task.cancel();
        while (leftoversOf(loop).length > 0) await awaitAll(loop);
      });
    },
  },
  {
    name: "hides-errors-of-leftovers",
    does: "reports nothing of an exception a leftover task raises",
    breaks: leftoverTasks["errors.reported"],
    says: /expected \[\] to have a length of 1 but got \+0/,
    inject: () => {
      treatLeftovers(async (loop) => {
        for (const task of leftoversOf(loop)) task.cancel();
        await awaitAll(loop);
      });
    },
  },
  {
    name: "reports-no-task",
    does: "reports the exception of a leftover task without the task",
    breaks: leftoverTasks["errors.reported"],
    says: /expected null to equal task#\d+/,
    inject: () => {
      patch(
        EventLoop.prototype,
        "callExceptionHandler",
        (report) =>
          function (context) {
            report.call(this, { ...context, task: undefined });
          },
      );
    },
  },
  {
    name: "raises-errors-of-leftovers",
    does: "raises the exception of a leftover task out of the run",
    breaks: leftoverTasks["errors.keep-the-outcome"],
    says: /expected no exception, got ZeroDivisionError: .+/,
    inject: () => {
      treatLeftovers(async (loop) => {
        const leftovers = leftoversOf(loop);
        for (const task of leftovers) task.cancel();
        await awaitAll(loop);
        for (const task of leftovers) if (!task.cancelled()) task.result();
      });
    },
  },
  {
    name: "reports-cancelled-leftovers",
    does: "reports leftover tasks that simply end cancelled",
    breaks: leftoverTasks["errors.cancellation-is-none"],
    says: /expected \[ \[ loop#\d+, \{ message: 'a task was left', task: task#\d+ \} \] \] to deeply equal \[\]/,
    alsoBreaks: ["async-generators"],
    inject: () => {
      treatLeftovers(async (loop) => {
        const leftovers = leftoversOf(loop);
        for (const task of leftovers) task.cancel();
        await awaitAll(loop);
        for (const task of leftovers) {
          loop.callExceptionHandler({ message: "a task was left", task });
        }
      });
    },
  },
  {
    name: "swallows-exits-of-leftovers",
    does: "goes on when a leftover task raises SystemExit or KeyboardInterrupt",
    breaks: leftoverTasks["errors.exit-requests-escape"],
    says: /expected an exception, but null was returned/,
    alsoBreaks: ["interrupt"],
    inject: () => {
      treatLeftovers(async (loop) => {
        for (const task of leftoversOf(loop)) task.cancel();
        await awaitAll(loop).catch((error: unknown) => {
          if (!isFatal(error)) throw error;
        });
      });
    },
  },
];
