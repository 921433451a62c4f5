import { RuntimeError } from "../../reference/errors";
import type { EventLoop } from "../../reference/loop/event-loop";
import { Runner } from "../../reference/runner";
import * as shutdown from "../../reference/shutdown";
import { close } from "../../spec/families/close";
import type { Fault } from "./fault";
import { leaveLoopOpen, withoutLeftovers, type Insides } from "./inside";
import { patch } from "./patch";

import { closeFailingFaults } from "./close-failing";

/** Wrong about closing. */
export const closeFaults: readonly Fault[] = [
  {
    name: "close-leaves-the-loop-open",
    does: "does everything in close() but close the loop",
    breaks: close["closes-the-loop"],
    says: /expected false to equal true/,
    alsoBreaks: [
      "loop-lifecycle",
      "loop-factory",
      "current-loop",
      "argument",
      "leftover-tasks",
      "interrupt",
      "executor",
      "running-loop",
      "interrupt-handler",
    ],
    inject: () => {
      leaveLoopOpen(() => true);
    },
  },
  {
    name: "skips-an-unused-executor",
    does: "does not ask its loop to shut down a default executor that was never used",
    breaks: close["steps-in-order"],
    says: /expected \[ 'shutdown_asyncgens', 'close' \] to deeply equal \[ 'shutdown_asyncgens', 'shutdown_default_executor', 'close' \]/,
    alsoBreaks: ["executor"],
    inject: () => {
      patch(
        shutdown,
        "shutDown",
        (shutDown) => (loop, limit) =>
          shutDown(loop, loop.defaultExecutor.executor === null ? "abandon" : limit) as unknown,
      );
    },
  },
  {
    name: "cancels-leftovers-last",
    does: "cancels leftover tasks after all other steps of the shutdown",
    breaks: close["leftovers-first"],
    says: /expected \[ 'shutdown_asyncgens', 'shutdown_default_executor' \] to deeply equal \[\]/,
    alsoBreaks: ["async-generators", "interrupt"],
    inject: () => {
      patch(shutdown, "shutDown", (shutDown) => async (loop: EventLoop, limit) => {
        await withoutLeftovers(loop, () => shutDown(loop, limit) as Promise<void>);
        await shutDown(loop, "abandon");
      });
    },
  },
  {
    name: "refuses-a-second-close",
    does: "raises RuntimeError from a second close()",
    breaks: close["twice-is-harmless"],
    says: /expected no exception, got RuntimeError: the runner is closed/,
    alsoBreaks: ["running-loop"],
    inject: () => {
      patch(
        Runner.prototype,
        "close",
        (original) =>
          function (this: Insides) {
            if (this.phase === "closed") throw new RuntimeError("the runner is closed");
            return original.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "closing-is-not-final",
    does: "makes another loop when a closed runner is to run",
    breaks: close["run-is-refused-afterwards"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    alsoBreaks: ["argument", "running-loop"],
    inject: () => {
      reopens("run");
    },
  },
  {
    name: "closed-runner-has-a-loop",
    does: "gives the closed loop for get_loop() of a closed runner",
    breaks: close["get-loop-is-refused-afterwards"],
    says: /what get_loop\(\) returned: expected null to be an instance of RemoteLoop/,
    inject: () => {
      const last = new WeakMap<object, EventLoop>();
      patch(
        Runner.prototype,
        "getLoop",
        (getLoop) =>
          function (this: Insides) {
            if (this.phase === "closed") return last.get(this);
            const loop = getLoop.call(this) as EventLoop;
            last.set(this, loop);
            return loop;
          },
      );
    },
  },
  {
    name: "closed-runner-is-entered",
    does: "enters the with block of a closed runner",
    breaks: close["entering-is-refused-afterwards"],
    says: /function puppet \d+ was started, but it must stay untouched/,
    inject: () => {
      patch(
        Runner.prototype,
        "enter",
        (enter) =>
          function (this: Insides) {
            return this.phase === "closed" ? this : (enter.call(this) as unknown);
          },
      );
    },
  },
  {
    name: "failed-with-leaves-the-loop-open",
    does: "does not close when the with block raises",
    breaks: close["leaving-with-closes"],
    says: /expected false to equal true/,
    inject: ({ operations }) => {
      patch(operations, "runner.with", () => async ({ on, args: [inside] }) => {
        const runner = on.enter() as Runner;
        const value: unknown = await inside.async(runner);
        await runner.close();
        return value;
      });
    },
  },
  {
    name: "with-swallows-exceptions",
    does: "lets no exception out of the with block",
    breaks: close["leaving-with-keeps-the-exception"],
    says: /expected an exception, but null was returned/,
    alsoBreaks: ["interrupt"],
    inject: ({ operations }) => {
      patch(operations, "runner.with", (inWith) => (request) => {
        const { async: body } = request.args[0];
        const swallowing = (runner: unknown) =>
          (body(runner) as Promise<unknown>).catch(() => null);
        return inWith({ ...request, args: [{ async: swallowing }] }) as unknown;
      });
    },
  },
  {
    name: "leaving-closes-once-more",
    does: "raises RuntimeError at the end of a with block in which it was closed",
    breaks: close["inside-with-is-fine"],
    says: /expected no exception, got RuntimeError: the runner is closed/,
    inject: () => {
      patch(
        Runner.prototype,
        "enclose",
        (enclose) =>
          async function (this: Insides, body) {
            return (await enclose.call(this, async (runner: Insides) => {
              const value: unknown = await body(runner);
              if (runner.phase === "closed") throw new RuntimeError("the runner is closed");
              return value;
            })) as unknown;
          },
      );
    },
  },
  {
    name: "counts-with-blocks",
    does: "closes at the end of the outermost with block only",
    breaks: close["inner-with-closes"],
    says: /expected \[\] to deeply equal \[ 'shutdown_asyncgens', 'shutdown_default_executor', 'close' \]/,
    inject: () => {
      const depths = new WeakMap<object, number>();
      patch(
        Runner.prototype,
        "enclose",
        (enclose) =>
          async function (this: Insides, body) {
            const depth = depths.get(this) ?? 0;
            depths.set(this, depth + 1);
            try {
              return (depth === 0 ? await enclose.call(this, body) : await body(this)) as unknown;
            } finally {
              depths.set(this, depth);
            }
          },
      );
    },
  },
  ...closeFailingFaults,
];

/** Has a closed runner start all over again in one of its methods. */
function reopens(method: string): void {
  patch(
    Runner.prototype,
    method,
    (original) =>
      function (this: Insides, ...args) {
        if (this.phase === "closed") Object.assign(this, { phase: "created", closing: null });
        return original.apply(this, args) as unknown;
      },
  );
}
