import { Context } from "../../reference/context";
import { Runner } from "../../reference/runner";
import { signature } from "../../spec/families/signature";
import type { Fault } from "./fault";
import { patch } from "./patch";

/** Wrong about its parameters. */
export const signatureFaults: readonly Fault[] = [
  {
    name: "run-takes-debug-by-position",
    does: "takes a second positional argument of run() for debug",
    breaks: signature["run-debug-by-keyword"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    inject: ({ api }) => {
      patch(
        api,
        "run",
        (run) => (main, options) =>
          run(main, typeof options === "boolean" ? { debug: options } : options),
      );
    },
  },
  {
    name: "run-takes-the-factory-by-position",
    does: "takes a second positional argument of run() for the loop factory",
    breaks: signature["run-loop-factory-by-keyword"],
    says: /function puppet \d+ was started, but it must stay untouched/,
    inject: ({ api }) => {
      patch(
        api,
        "run",
        (run) => (main, options) =>
          run(main, typeof options === "function" ? { loopFactory: options } : options),
      );
    },
  },
  {
    name: "run-takes-a-factory-too-early",
    does: "knows the parameter loop_factory of run() before its time",
    breaks: signature["run-lacks-loop-factory"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    inject: ({ rules }) => {
      rules.runOptions = ["debug", "loopFactory"];
    },
  },
  {
    name: "runner-takes-debug-by-position",
    does: "takes a positional argument of Runner() for debug",
    breaks: signature["runner-by-keyword"],
    says: /expected an exception, but runner#\d+ was returned/,
    inject: ({ operations }) => {
      patch(
        operations,
        "asyncio.Runner",
        (make) =>
          ({ args, kwargs }) =>
            make({ on: null, args: [], kwargs: args.length === 0 ? kwargs : { debug: args[0] } }),
      );
    },
  },
  {
    name: "runner-calls-it-factory",
    does: "knows the loop factory of Runner() by the draft's name only",
    breaks: signature["runner-loop-factory"],
    says: /expected no exception, got TypeError: Runner\(\) got an unexpected option 'loopFactory'/,
    alsoBreaks: [
      "argument",
      "loop-lifecycle",
      "current-loop",
      "debug",
      "loop-factory",
      "lazy-initialisation",
      "several-runs",
      "close",
      "interrupt-handler",
    ],
    inject: ({ rules }) => {
      rules.runnerOptions = ["debug", "factory"];
    },
  },
  {
    name: "runner-knows-factory-still",
    does: "takes, and ignores, the draft's name factory",
    breaks: signature["runner-lacks-factory"],
    says: /expected an exception, but runner#\d+ was returned/,
    inject: ({ rules }) => {
      Object.assign(rules, { runnerOptions: ["debug", "loopFactory", "factory"] });
    },
  },
  {
    name: "draft-calls-it-loop-factory",
    does: "knows the loop factory of the draft's Runner() by its later name only",
    breaks: signature["runner-draft-factory"],
    says: /expected no exception, got TypeError: Runner\(\) got an unexpected option 'factory'/,
    alsoBreaks: ["debug", "loop-factory", "lazy-initialisation", "several-runs", "close"],
    inject: ({ rules }) => {
      rules.runnerOptions = ["debug", "loopFactory"];
    },
  },
  {
    name: "runner-run-takes-context-by-position",
    does: "takes a second positional argument of Runner.run() for the context",
    breaks: signature["runner-run-context-by-keyword"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    inject: () => {
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (main, options) {
            const named = options instanceof Context ? { context: options } : options;
            return run.call(this, main, named) as unknown;
          },
      );
    },
  },
  {
    name: "run-takes-none-for-false",
    does: "takes debug=None for debug=False in run()",
    breaks: signature["run-none-is-default"],
    says: /expected false to equal true/,
    alsoBreaks: ["debug"],
    inject: ({ api }) => {
      patch(
        api,
        "run",
        (run) => (main, options) =>
          run(main, options?.debug === null ? { ...options, debug: false } : options),
      );
    },
  },
  {
    name: "runner-takes-none-for-false",
    does: "takes debug=None for debug=False in Runner()",
    breaks: signature["runner-none-is-default"],
    says: /expected false to equal true/,
    alsoBreaks: ["debug"],
    inject: ({ operations }) => {
      patch(
        operations,
        "asyncio.Runner",
        (make) =>
          ({ args, kwargs }) =>
            make({
              on: null,
              args,
              kwargs: kwargs.debug === null ? { ...kwargs, debug: false } : kwargs,
            }),
      );
    },
  },
  {
    name: "calls-its-coroutine-main",
    does: "calls the first parameter of Runner.run() main",
    breaks: signature["first-parameter-name"],
    says: /expected no exception, got TypeError: .*'coro'/,
    python: { runner: "calls_it_main:Runner" },
  },
];
