import { Context, copyContext } from "../../reference/context";
import { thread } from "../../reference/current";
import { EventLoop } from "../../reference/loop/event-loop";
import { Runner } from "../../reference/runner";
import { context } from "../../spec/families/context";
import type { Fault } from "./fault";
import { afterRun, type Insides } from "./inside";
import { patch } from "./patch";

/** Wrong about contexts. */
export const contextFaults: readonly Fault[] = [
  {
    name: "begins-with-an-empty-context",
    does: "has an empty context of its own instead of a copy of the caller's",
    breaks: context["taken-at-initialisation"],
    says: /expected \[ null \] to deeply equal \[ .+ \]/,
    inject: () => {
      ownContext(() => new Context());
    },
  },
  {
    name: "takes-the-callers-context-in-each-run",
    does: "copies the caller's context anew for every run",
    breaks: context["later-changes-stay-outside"],
    says: /expected \[ .+, .+ \] to deeply equal \[ .+, .+ \]/,
    alsoBreaks: ["argument", "signature"],
    inject: () => {
      contextOfRun((given) => given ?? copyContext());
    },
  },
  {
    name: "runs-in-copies-of-its-context",
    does: "runs in a copy of its context",
    breaks: context["shared-by-runs"],
    says: /expected \[ null, null \] to deeply equal \[ .+, .+ \]/,
    alsoBreaks: ["argument", "signature"],
    inject: () => {
      contextOfRun((given, own) => given ?? own()?.copy());
    },
  },
  {
    name: "runner-writes-to-the-caller",
    does: "sets in the caller's context what a run of a runner has set",
    breaks: context["stays-inside"],
    says: /expected \[ .+, .+ \] to deeply equal \[ .+, .+ \]/,
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (this: Insides, ...args) {
            return (run.apply(this, args) as Promise<unknown>).then((value) => {
              copyOut(this.context as Context | null);
              return value;
            });
          },
      );
    },
  },
  {
    name: "ignores-the-given-context",
    does: "runs in its own context although it is given one",
    breaks: context["custom-is-read"],
    says: /expected \[ .+ \] to deeply equal \[ .+ \]/,
    alsoBreaks: ["argument", "signature"],
    inject: () => {
      contextOfRun(() => undefined);
    },
  },
  {
    name: "copies-the-given-context",
    does: "runs in a copy of the context it is given",
    breaks: context["custom-is-written"],
    says: /expected null to equal .+/,
    alsoBreaks: ["signature"],
    inject: () => {
      contextOfRun((given) => given?.copy());
    },
  },
  {
    name: "adopts-the-given-context",
    does: "takes a context it is given for its own from then on",
    breaks: context["custom-leaves-default-alone"],
    says: /expected \[ .+ \] to deeply equal \[ .+ \]/,
    alsoBreaks: ["signature"],
    inject: () => {
      contextOfRun((given, _, runner) => {
        if (given !== undefined) {
          runner.initialize();
          runner.context = given;
        }
        return given;
      });
    },
  },
  {
    name: "takes-none-for-a-new-context",
    does: "runs in a copy of the caller's context when it is given None",
    breaks: context["none-is-default"],
    says: /expected \[ .+ \] to deeply equal \[ .+ \]/,
    alsoBreaks: ["signature"],
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (main, ...rest) {
            const none = rest[0]?.context === null;
            return run.call(this, main, ...(none ? [{ context: copyContext() }] : rest)) as unknown;
          },
      );
    },
  },
  {
    name: "all-runners-share-a-context",
    does: "has one context for all runners",
    breaks: context["runners-are-apart"],
    says: /expected \[ .+ \] to deeply equal \[ .+ \]/,
    inject: ({ atEnd }) => {
      let shared: Context | undefined;
      ownContext(() => (shared ??= copyContext()));
      atEnd.push(() => (shared = undefined));
    },
  },
  {
    name: "run-hides-the-callers-context",
    does: "begins run() with an empty context",
    breaks: context["run-sees-the-callers"],
    says: /expected \[ null, null \] to deeply equal \[ .+, .+ \]/,
    inject: ({ api }) => {
      patch(
        api,
        "run",
        (run) =>
          (...args) =>
            new Context().run(() => run(...args) as unknown),
      );
    },
  },
  {
    name: "run-writes-to-the-caller",
    does: "sets in the caller's context what main of run() has set",
    breaks: context["run-keeps-its-own"],
    says: /expected \[ .+, .+ \] to deeply equal \[ .+, .+ \]/,
    inject: ({ api }) => {
      const contexts: (Context | null)[] = [];
      patch(
        Runner.prototype,
        "end",
        (end) =>
          function (this: Insides, loop) {
            contexts.push(this.context as Context | null);
            end.call(this, loop);
          },
      );
      patch(
        api,
        "run",
        (run) =>
          (...args) =>
            (run(...args) as Promise<unknown>).then((value) => {
              copyOut(contexts.pop() ?? null);
              return value;
            }),
      );
    },
  },
  {
    name: "tasks-share-the-context",
    does: "runs a task in the context of the task that made it",
    breaks: context["tasks-take-a-copy"],
    says: /expected \[ .+, .+ \] to deeply equal \[ .+, .+ \]/,
    inject: () => {
      patch(
        EventLoop.prototype,
        "createTask",
        (create) =>
          function (coroutine, options) {
            const own = options?.context ?? thread.task?.getContext();
            return create.call(this, coroutine, { ...options, context: own }) as unknown;
          },
      );
    },
  },
  {
    name: "keeps-contexts-for-ever",
    does: "keeps the context of every runner in a registry",
    breaks: context["released-at-close"],
    says: /whether the value outlives the runner: expected true to equal false/,
    inject: () => {
      const registry: unknown[] = [];
      afterRun(function (run) {
        registry.push(this.context);
        return run;
      });
    },
  },
];

/** Changes which context a runner has of its own. */
function ownContext(make: () => Context): void {
  patch(
    Runner.prototype,
    "initialize",
    (initialize) =>
      function (this: Insides) {
        const fresh = this.loop === null;
        const made = initialize.call(this) as { loop: EventLoop };
        if (fresh) this.context = make();
        return { loop: made.loop, context: this.context };
      },
  );
}

/** Changes which context a run gets: none of its own means the runner's. */
function contextOfRun(
  choose: (
    given: Context | undefined,
    own: () => Context | undefined,
    runner: Insides,
  ) => Context | undefined,
): void {
  patch(
    Runner.prototype,
    "run",
    (run) =>
      function (this: Insides, main, ...rest) {
        const given = (rest[0]?.context ?? undefined) as Context | undefined;
        const own = () => this.initialize().context as Context;
        const chosen = choose(given, own, this);
        return run.call(this, main, chosen === undefined ? {} : { context: chosen }) as unknown;
      },
  );
}

/** Sets in the current context whatever has a value in `from`. */
function copyOut(from: Context | null): void {
  for (const [variable, value] of from ?? []) variable.set(value);
}
