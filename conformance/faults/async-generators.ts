import type { Context } from "../../reference/context";
import { thread } from "../../reference/current";
import { isCoroutine, type Coroutine } from "../../reference/coroutine";
import { AsyncGenerators } from "../../reference/loop/async-generators";
import { EventLoop } from "../../reference/loop/event-loop";
import { Runner } from "../../reference/runner";
import * as shutdown from "../../reference/shutdown";
import { gather } from "../../reference/tasks/gather";
import { sleep } from "../../reference/tasks/sleep";
import { asyncGenerators } from "../../spec/families/async-generators";
import type { Fault } from "./fault";
import { afterRun, treatLeftovers, watchEnds } from "./inside";
import { patch } from "./patch";

/** Wrong about asynchronous generators that are left suspended. */
export const asyncGeneratorsFaults: readonly Fault[] = [
  {
    name: "forgets-generators",
    does: "closes no asynchronous generator",
    breaks: asyncGenerators.closed,
    says: /got \["main ends","run ends"\]$/,
    alsoBreaks: ["close"],
    inject: () => {
      shutdownOfGenerators(() => []);
    },
  },
  {
    name: "forgets-generators-of-a-failed-main",
    does: "closes no asynchronous generator when main raised",
    breaks: asyncGenerators["closed.when-main-fails"],
    says: /got \["run ends"\]$/,
    inject: () => {
      const endOf = watchEnds();
      let failed = false;
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          function (loop) {
            failed = endOf(this) !== "returned";
            return shutDown.call(this, loop) as unknown;
          },
      );
      shutdownOfGenerators((open) => (failed ? [] : open));
    },
  },
  {
    name: "closes-the-last-generator-only",
    does: "closes only the generator that was begun last",
    breaks: asyncGenerators["closed.each-once"],
    says: /got \["the sixth ends by itself","five is closed","run ends"\]$/,
    inject: () => {
      shutdownOfGenerators((open) => open.slice(-1));
    },
  },
  {
    name: "closes-generators-after-each-run",
    does: "closes generators at the end of every run instead of in close()",
    breaks: asyncGenerators["closed.by-close"],
    says: /expected no exception, got StopAsyncIteration/,
    alsoBreaks: ["close"],
    inject: () => {
      afterRun(function (run) {
        const { loop } = this;
        const finish = () => loop?.runUntilComplete(loop.shutdownAsyncgens());
        return run.finally(() => (loop?.isClosed() === true ? undefined : finish()));
      });
    },
  },
  {
    name: "does-not-wait-for-finalisers",
    does: "begins to close generators and does not wait for them",
    breaks: asyncGenerators["finaliser-may-await"],
    says: /got \["cleanup begins","run ends"\]$/,
    inject: () => {
      patch(
        AsyncGenerators.prototype,
        "shutdown",
        () =>
          function* (this: Generators) {
            for (const source of this.open ?? []) this.loop.createTask(source.aclose());
            yield undefined;
          },
      );
    },
  },
  {
    name: "closes-generators-first",
    does: "closes generators before it cancels leftover tasks",
    breaks: asyncGenerators["after-leftover-tasks"],
    says: /got \["generator is closed","leftover is cancelled","leftover has cleaned up","run ends"\]$/,
    alsoBreaks: ["close"],
    inject: () => {
      patch(shutdown, "shutDown", (shutDown) => async (loop: EventLoop, limit) => {
        await loop.runUntilComplete(loop.shutdownAsyncgens());
        await shutDown(loop, limit);
      });
    },
  },
  {
    name: "closes-generators-in-use",
    does: "closes generators while cancelled tasks still iterate them",
    breaks: asyncGenerators["in-leftover-tasks"],
    says: /the async generator is already running/,
    alsoBreaks: ["close", "leftover-tasks"],
    inject: () => {
      treatLeftovers(async (loop) => {
        const leftovers = loop.pendingTasks.toArray();
        const closing = loop.createTask(loop.shutdownAsyncgens());
        await loop.runUntilComplete(sleep(0));
        for (const task of leftovers) task.cancel();
        await loop.runUntilComplete(gather([closing, ...leftovers], { returnExceptions: true }));
      });
    },
  },
  {
    name: "shuts-the-executor-down-before-generators",
    does: "shuts the default executor down before it closes generators",
    breaks: asyncGenerators["before-executor"],
    says: /expected undefined to equal .+/,
    alsoBreaks: ["close"],
    inject: () => {
      patch(shutdown, "shutDown", (shutDown) => async (loop: EventLoop, limit) => {
        await loop.runUntilComplete(loop.shutdownDefaultExecutor(300));
        await shutDown(loop, limit);
      });
    },
  },
  {
    name: "hides-errors-of-generators",
    does: "reports nothing of an exception a generator raises while it is closed",
    breaks: asyncGenerators["errors.reported"],
    says: /expected \[\] to have a length of 1 but got \+0/,
    inject: () => {
      patch(AsyncGenerators.prototype, "report", () => () => undefined);
    },
  },
  {
    name: "raises-errors-of-generators",
    does: "raises the exception of a generator out of the run",
    breaks: asyncGenerators["errors.keep-the-outcome"],
    says: /expected no exception, got ZeroDivisionError: .+/,
    inject: () => {
      patch(AsyncGenerators.prototype, "report", () => (exception) => {
        throw exception;
      });
    },
  },
  {
    name: "closes-generators-in-its-own-context",
    does: "closes generators in the runner's context instead of that of the code that closes it",
    breaks: asyncGenerators["in-the-closers-context"],
    says: /expected 'before the first run' to equal .+/,
    alsoBreaks: ["context"],
    inject: () => {
      let context: Context | undefined;
      patch(
        Runner.prototype,
        "shutDown",
        (shutDown) =>
          function (loop) {
            ({ context } = this);
            return shutDown.call(this, loop) as unknown;
          },
      );
      patch(
        EventLoop.prototype,
        "runUntilComplete",
        (run) =>
          function (main) {
            const owned = thread.shuttingDown && isCoroutine(main);
            return run.call(this, owned ? this.createTask(main, { context }) : main) as unknown;
          },
      );
    },
  },
];

interface OpenGenerator {
  aclose(): Coroutine<void>;
}

interface Generators {
  readonly loop: EventLoop;
  open: Set<OpenGenerator> | null;
}

/** Changes which open generators a shutdown closes. */
function shutdownOfGenerators(
  choose: (open: readonly OpenGenerator[]) => readonly OpenGenerator[],
): void {
  patch(
    AsyncGenerators.prototype,
    "shutdown",
    (shutDown) =>
      function (this: Generators) {
        this.open = new Set(choose([...(this.open ?? [])]));
        return shutDown.call(this) as unknown;
      },
  );
}
