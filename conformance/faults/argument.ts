import { types } from "node:util";

import { copyContext } from "../../reference/context";
import { isCoroutine } from "../../reference/coroutine";
import { RuntimeError, ValueError } from "../../reference/errors";
import { Runner } from "../../reference/runner";
import { awaitAny, isAwaitable } from "../../reference/tasks/awaitable";
import { Future } from "../../reference/tasks/future";
import { argument } from "../../spec/families/argument";
import type { Fault } from "./fault";
import { beforeRun } from "./inside";
import { patch, type Method } from "./patch";

/** Wrong about what may be run. */
export const argumentFaults: readonly Fault[] = [
  {
    name: "gives-back-what-cannot-run",
    does: "takes what cannot be awaited for the result and returns it",
    breaks: argument["others-refused"],
    says: /expected an exception, but null was returned/,
    inject: () => {
      insteadOfRun((main) => (isAwaitable(main) ? undefined : { value: main }));
    },
  },
  {
    name: "refuses-with-type-error",
    does: "raises TypeError for what is no coroutine",
    breaks: argument["refused-with-value-error"],
    says: /expected ValueError, got TypeError: a coroutine was expected, got null/,
    inject: ({ rules }) => {
      rules.refusal = TypeError;
    },
  },
  {
    name: "refuses-with-value-error",
    does: "raises ValueError for what cannot be awaited",
    breaks: argument["refused-with-type-error"],
    says: /expected TypeError, got ValueError: an awaitable is required, got null/,
    inject: ({ rules }) => {
      rules.refusal = ValueError;
    },
  },
  {
    name: "runs-futures",
    does: "waits for a future or task instead of refusing it",
    breaks: argument["futures-refused"],
    says: /expected an exception, but .+ was returned/,
    inject: () => {
      awaitsToo((main) => main instanceof Future);
    },
  },
  {
    name: "runs-awaitables",
    does: "awaits what can be awaited but is no coroutine",
    breaks: argument["awaitables-refused"],
    says: /awaitable puppet \d+ was started, but it must stay untouched/,
    alsoBreaks: ["result"],
    inject: () => {
      awaitsToo((main) => isAwaitable(main) && !(main instanceof Future));
    },
  },
  {
    name: "refuses-awaitables",
    does: "takes coroutines only",
    breaks: argument["awaitables-accepted"],
    says: /expected no exception, got TypeError: a coroutine was expected/,
    alsoBreaks: ["interrupt"],
    inject: ({ rules }) => {
      rules.accepts = "coroutine";
    },
  },
  {
    name: "refuses-futures",
    does: "takes every awaitable but futures",
    breaks: argument["own-futures-accepted"],
    says: /expected no exception, got TypeError: a future cannot be run/,
    inject: () => {
      beforeRun((main) => {
        if (main instanceof Future) throw new TypeError("a future cannot be run");
      });
    },
  },
  {
    name: "runs-awaitables-in-the-callers-context",
    does: "runs an awaitable in a copy of the caller's context, whatever the runner's or the given one",
    breaks: argument["awaitables-in-context"],
    says: /expected null to equal .+/,
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (main, options) {
            const context = isCoroutine(main) ? options?.context : copyContext();
            return run.call(this, main, { ...options, context }) as unknown;
          },
      );
    },
  },
  {
    name: "gives-nothing-for-foreign-futures",
    does: "returns None for a future of another loop",
    breaks: argument["foreign-futures-fail"],
    says: /expected an exception, but null was returned/,
    inject: () => {
      insteadOfRun((main, runner) =>
        main instanceof Future && main.loop !== runner.getLoop() ? { value: null } : undefined,
      );
    },
  },
  {
    name: "refuses-coroutines-of-other-makes",
    does: "takes native coroutines only, not objects with the same methods",
    breaks: argument["coroutine-likes-accepted"],
    says: /expected no exception, got TypeError/,
    inject: () => {
      beforeRun((main) => {
        if (isCoroutine(main) && !types.isGeneratorObject(main))
          throw new TypeError("no coroutine");
      });
    },
  },
  {
    name: "closes-what-it-refuses",
    does: "closes the coroutine of a run it refuses",
    breaks: argument["refused-stays-new"],
    says: /expected 'CORO_CLOSED' to equal 'CORO_CREATED'/,
    alsoBreaks: ["close", "running-loop"],
    inject: ({ api }) => {
      const closing = (run: Method): Method =>
        function (main, ...rest) {
          try {
            return run.call(this, main, ...rest) as unknown;
          } catch (error) {
            if (isCoroutine(main)) main.return(undefined);
            throw error;
          }
        };
      patch(Runner.prototype, "run", closing);
      patch(api, "run", closing);
    },
  },
  {
    name: "forgets-the-loop-of-a-refused-run",
    does: "makes a loop before it looks at the argument, and leaves it open when it refuses",
    breaks: argument["refusal-leaves-no-open-loop"],
    says: /expected false to equal true/,
    inject: ({ api }) => {
      patch(api, "run", (run) => (main, options) => {
        if (!isAwaitable(main)) options?.loopFactory?.();
        return run(main, options);
      });
    },
  },
  {
    name: "breaks-when-refusing",
    does: "is of no more use once it has refused an argument",
    breaks: argument["runner-survives-refusal"],
    says: /expected no exception, got RuntimeError: the runner is broken/,
    inject: () => {
      const broken = new WeakSet();
      beforeRun(function (main) {
        if (broken.has(this)) throw new RuntimeError("the runner is broken");
        if (!isAwaitable(main)) broken.add(this);
      });
    },
  },
];

/** Has runners give a value instead of running, where `instead` has one. */
function insteadOfRun(
  instead: (main: unknown, runner: Runner) => { readonly value: unknown } | undefined,
): void {
  patch(
    Runner.prototype,
    "run",
    (run) =>
      function (main, ...rest) {
        const found = instead(main, this as Runner);
        return found === undefined
          ? (run.call(this, main, ...rest) as unknown)
          : Promise.resolve(found.value);
      },
  );
}

/** Has runners await what they would refuse. */
function awaitsToo(accepts: (main: unknown) => boolean): void {
  patch(
    Runner.prototype,
    "run",
    (run) =>
      function (main, ...rest) {
        return run.call(this, accepts(main) ? awaitAny(main) : main, ...rest) as unknown;
      },
  );
}
