import { editions, isSince, newestEdition, type Edition } from "../spec/editions";
import { CancelledError, CancelledError37, ValueError, type BaseException } from "./errors";

/** How the editions of the chapter differ. Everything else is the same in all of them. */
export interface Rules {
  readonly edition: Edition;
  /** The options of `run()`. */
  readonly runOptions: readonly string[];
  /** The options of `new Runner()`; null before there was a Runner. */
  readonly runnerOptions: readonly ["debug", "factory" | "loopFactory"] | null;
  /** What `debug` means when it is left out: null follows the global debug mode. */
  readonly defaultDebug: false | null;
  /** What may be run. */
  readonly accepts: "coroutine" | "awaitable";
  /** The class of the error for anything else. */
  readonly refusal: new (message: string) => Error;
  /** Whether `Runner.run` looks at its argument before it looks at the thread and at its own state. */
  readonly checksArgumentFirst: boolean;
  readonly CancelledError: new (message?: unknown, options?: ErrorOptions) => BaseException;
  /** Whether the `CancelledError` that ended a task is itself raised to those who await it, or a new one. */
  readonly keepsCancelledError: boolean;
  /** What happens to jobs of the default executor at the end: abandoned, or awaited for so many seconds. */
  readonly executorLimit: "abandon" | "unlimited" | number;
  /** Ctrl-C during a run: cancels the main task first, or raises KeyboardInterrupt right away. */
  readonly interrupts: "graceful" | "plain";
  /** Whether `getEventLoop` makes a loop for a main thread that never had one. */
  readonly makesCurrentLoop: boolean;
  /** Whether an uncaught KeyboardInterrupt ends the process by SIGINT rather than with exit code 1. */
  readonly diesBySignal: boolean;
}

/** What `run()` did when it came. */
const first: Omit<Rules, "edition"> = {
  runOptions: ["debug"], // signature.run-debug-by-keyword
  runnerOptions: null, // signature.entry-points-exist
  defaultDebug: false, // debug.omitted-is-false
  accepts: "coroutine", // argument.futures-refused, argument.awaitables-refused
  refusal: ValueError, // argument.others-refused
  checksArgumentFirst: true,
  CancelledError: CancelledError37,
  keepsCancelledError: false, // result.cancellation-stays-cancellation
  executorLimit: "abandon", // executor.does-not-wait-before-3.9
  interrupts: "plain", // interrupt.is-immediate-before-3.11
  makesCurrentLoop: true,
  diesBySignal: false,
};

/** What each edition changed. Those that are not listed changed nothing. */
const changes: Partial<Record<Edition, Partial<Rules>>> = {
  "3.8": {
    CancelledError,
    defaultDebug: null /* debug.none-follows-global */,
    diesBySignal: true /* interrupt.uncaught-ends-the-process */,
  },
  "3.9": { executorLimit: "unlimited" /* executor.waits-for-jobs */ },
  "3.11-draft": { runnerOptions: ["debug", "factory"], keepsCancelledError: true },
  "3.11": {
    runnerOptions: ["debug", "loopFactory"] /* signature.runner-loop-factory */,
    interrupts: "graceful",
  },
  "3.12": {
    runOptions: ["debug", "loopFactory"] /* signature.run-loop-factory-by-keyword */,
    executorLimit: 300 /* executor.limit-is-five-minutes */,
  },
  "3.14": {
    accepts: "awaitable", // argument.awaitables-accepted
    refusal: TypeError, // argument.others-refused
    checksArgumentFirst: false,
    makesCurrentLoop: false, // current-loop.none-after
  },
};

const rulesByEdition = new Map<Edition, Rules>();
let previous: Rules = { ...first, edition: "3.7" };
for (const edition of editions) {
  previous = { ...previous, ...changes[edition], edition };
  rulesByEdition.set(edition, previous);
}

/** The rules of `edition`. `ValueError` if there is no such edition. */
export function rulesOf(edition: Edition): Rules {
  const rules = rulesByEdition.get(edition);
  if (rules === undefined) {
    throw new ValueError(`expected one of ${editions.join(", ")}, got ${edition as string}`);
  }
  return rules;
}

/** The rules when nobody names an edition. */
export const newestRules = rulesOf(newestEdition);

/** Whether `rules` are those of `edition` or of a later one. */
export const since = (rules: Rules, edition: Edition): boolean => isSince(rules.edition, edition);
