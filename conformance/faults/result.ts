import { isCancelled, isFatal, isException, RuntimeError } from "../../reference/errors";
import { awaitAny } from "../../reference/tasks/awaitable";
import { Runner } from "../../reference/runner";
import { result } from "../../spec/families/result";
import type { Fault } from "./fault";
import { afterRun } from "./inside";
import { patch } from "./patch";

/** Wrong about what a run returns and raises. */
export const resultFaults: readonly Fault[] = [
  {
    name: "run-returns-nothing",
    does: "returns None from run(), whatever main returns",
    breaks: result["run-returns-the-object"],
    says: /expected null to equal object#/,
    alsoBreaks: [
      "argument",
      "signature",
      "running-loop",
      "loop-lifecycle",
      "current-loop",
      "leftover-tasks",
      "async-generators",
      "debug",
      "loop-factory",
      "close",
      "interrupt",
    ],
    inject: ({ api }) => {
      patch(
        api,
        "run",
        (run) =>
          (...args) =>
            (run(...args) as Promise<unknown>).then(() => null),
      );
    },
  },
  {
    name: "forgets-later-results",
    does: "returns None from every Runner.run() but the first",
    breaks: result["runner-returns-the-object"],
    says: /expected null to equal object#\d+/,
    alsoBreaks: [
      ...["argument", "signature", "async-generators", "debug", "several-runs", "interrupt"],
    ],
    inject: () => {
      const ran = new WeakSet();
      afterRun(function (run) {
        const again = ran.has(this);
        ran.add(this);
        return again ? run.then(() => null) : run;
      });
    },
  },
  {
    name: "run-raises-a-copy",
    does: "raises a new exception of the same class from run() instead of main's own",
    breaks: result["run-raises-the-exception"],
    says: /expected RemoteException: ValueError: .+ to equal RemoteException: ValueError: .+/,
    alsoBreaks: ["loop-lifecycle", "loop-factory", "interrupt"],
    inject: ({ api }) => {
      patch(
        api,
        "run",
        (run) =>
          (...args) =>
            (run(...args) as Promise<unknown>).catch(raiseCopy),
      );
    },
  },
  {
    name: "runner-raises-a-copy",
    does: "raises a new exception of the same class from Runner.run() instead of main's own",
    breaks: result["runner-raises-the-exception"],
    says: /expected RemoteException: ValueError: first to equal RemoteException: ValueError: first/,
    alsoBreaks: ["loop-lifecycle", "several-runs", "interrupt"],
    inject: () => {
      afterRun((run) => run.catch(raiseCopy));
    },
  },
  {
    name: "wraps-base-exceptions",
    does: "raises RuntimeError where main raised something that is no ordinary exception",
    breaks: result["base-exceptions-escape"],
    says: /expected RemoteException: RuntimeError: main ended badly to equal RemoteException: SystemExit: .+/,
    alsoBreaks: ["loop-lifecycle", "several-runs", "interrupt"],
    inject: () => {
      afterRun((run) =>
        run.catch((error: unknown) => {
          if (isException(error) || isCancelled(error)) throw error;
          throw new RuntimeError("main ended badly", { cause: error });
        }),
      );
    },
  },
  {
    name: "cancellation-becomes-an-error",
    does: "raises RuntimeError where main ended cancelled",
    breaks: result["cancellation-stays-cancellation"],
    says: /expected CancelledError, got RuntimeError: main was cancelled/,
    alsoBreaks: ["interrupt"],
    inject: () => {
      afterRun((run) =>
        run.catch((error: unknown) => {
          throw isCancelled(error) ? new RuntimeError("main was cancelled") : error;
        }),
      );
    },
  },
  {
    name: "makes-cancelled-error-anew",
    does: "raises another CancelledError than the one main raised",
    breaks: result["cancellation-keeps-the-object"],
    says: /expected RemoteException: CancelledError to equal RemoteException: CancelledError: .+/,
    inject: ({ rules }) => {
      rules.keepsCancelledError = false;
    },
  },
  {
    name: "all-tasks-lacks-the-current-one",
    does: "leaves the current task out of all_tasks()",
    breaks: result["main-is-a-task"],
    says: /expected \[\] to include task#\d+/,
    inject: ({ operations }) => {
      patch(
        operations,
        "asyncio.all_tasks",
        (all) => (request) =>
          (all(request) as unknown[]).filter(
            (task) =>
              task !== operations["asyncio.current_task"]?.({ on: null, args: [], kwargs: {} }),
          ),
      );
    },
  },
  {
    name: "wraps-main",
    does: "runs main inside a coroutine of its own, which is what the task then has",
    breaks: result["task-has-the-coroutine"],
    says: /expected coroutine#\d+ to equal coroutine puppet \d+/,
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (main, ...rest) {
            const isCoroutine = typeof main?.next === "function";
            return run.call(this, isCoroutine ? awaitAny(main) : main, ...rest) as unknown;
          },
      );
    },
  },
  {
    name: "describes-results",
    does: "asks for the textual form of the result, to log it",
    breaks: result["result-is-not-described"],
    says: /expected \[ \[\] \] to deeply equal \[\]/,
    python: { run: "describes_results:run", runner: "describes_results:Runner" },
  },
];

/** What a runner does that rebuilds exceptions: those that end the process it lets pass. */
function raiseCopy(error: unknown): never {
  if (!(error instanceof Error) || isFatal(error) || !isException(error)) throw error;
  throw Reflect.construct(error.constructor, [error.message]) as Error;
}
