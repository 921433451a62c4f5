import { thread } from "../../reference/current";
import type { EventLoop } from "../../reference/loop/event-loop";
import { Runner } from "../../reference/runner";
import * as shutdown from "../../reference/shutdown";
import { close } from "../../spec/families/close";
import type { Fault } from "./fault";
import { withoutLeftovers, type Insides } from "./inside";
import { patch } from "./patch";

/** Wrong about closing when something is amiss: a step that fails, a loop that is closed already. */
export const closeFailingFaults: readonly Fault[] = [
  {
    name: "hides-failed-steps",
    does: "raises nothing from close() when a step of the shutdown raises",
    breaks: close["failed-step-escapes"],
    says: /expected an exception, but null was returned/,
    alsoBreaks: ["loop-lifecycle", "leftover-tasks", "interrupt", "executor"],
    inject: () => {
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          function (loop) {
            return (shutDown.call(this, loop) as Promise<void>).catch(() => undefined);
          },
      );
    },
  },
  {
    name: "stops-at-a-failed-step",
    does: "leaves the loop open in close() when a step of the shutdown raises",
    breaks: close["failed-step-still-closes-the-loop"],
    says: /expected false to equal true/,
    alsoBreaks: ["loop-lifecycle", "leftover-tasks", "interrupt", "executor"],
    inject: ({ rules }) => {
      patch(
        Runner.prototype,
        "shutDown",
        () =>
          async function (this: Insides, loop: EventLoop) {
            await shutdown.shutDown(loop, rules.executorLimit).catch((error: unknown) => {
              Object.assign(loop, { close: () => undefined });
              this.end(loop);
              throw error;
            });
            this.end(loop);
          },
      );
    },
  },
  {
    name: "survives-a-failed-step",
    does: "can run again when a step of its shutdown raised",
    breaks: close["failed-step-still-closes-the-runner"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    inject: () => {
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          async function (this: Insides, loop) {
            await (shutDown.call(this, loop) as Promise<void>).catch((error: unknown) => {
              Object.assign(this, { phase: "created", closing: null, loopFactory: null });
              throw error;
            });
          },
      );
    },
  },
  {
    name: "replaces-a-closed-loop",
    does: "makes another loop when the user has closed the runner's",
    breaks: close["run-on-a-closed-loop-is-refused"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (this: Insides, ...args) {
            if (this.loop?.isClosed() === true) this.loop = this.loopFactory = null;
            return run.apply(this, args) as unknown;
          },
      );
    },
  },
  {
    name: "does-not-mind-a-closed-loop",
    does: "closes in silence when the user has closed the runner's loop",
    breaks: close["closed-loop-is-reported-once"],
    says: /expected an exception, but null was returned/,
    inject: () => {
      patch(
        Runner.prototype,
        "close",
        (original) =>
          function (this: Insides) {
            if (this.loop?.isClosed() !== true || thread.runningLoop !== null) {
              return original.call(this) as unknown;
            }
            this.end(this.loop);
            return Promise.resolve();
          },
      );
    },
  },
  {
    name: "with-forgets-leftovers",
    does: "leaves leftover tasks as they are at the end of a with block, unlike run()",
    breaks: close["run-inside-with-equals-run"],
    says: /got \["task starts","over"\]$/,
    inject: ({ operations }) => {
      let inWith = false;
      patch(operations, "runner.with", (original) => (request) => {
        inWith = true;
        return (original(request) as Promise<unknown>).finally(() => (inWith = false));
      });
      patch(shutdown, "shutDown", (shutDown) => (loop: EventLoop, limit) => {
        const end = () => shutDown(loop, limit) as Promise<void>;
        return inWith ? withoutLeftovers(loop, end) : end();
      });
    },
  },
];
