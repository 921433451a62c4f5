import type { Rules } from "./editions";
import { checkOptions } from "./options";
import {
  checkArgument,
  checkNoLoopRunning,
  refusing,
  type Runner,
  type RunnerOptions,
} from "./runner";
import type { Awaitable } from "./tasks/awaitable";

/** `run()` of an edition. */
export type Run = <Result>(
  main: Awaitable<Result>,
  ...options: [options?: RunnerOptions | null]
) => Promise<Result>;

/** `run()` as `rules` have it, on top of their runner. */
export function runOf(
  rules: Rules,
  RunnerClass: new (options: Record<string, unknown>) => Runner,
): Run {
  const start: Run = (...given) => {
    if ((given.length as number) === 0) throw new TypeError("run() needs a coroutine");
    const [main, ...rest] = given;
    const options = checkOptions("run()", rest, rules.runOptions);
    checkNoLoopRunning("run()"); // running-loop.refusal-makes-no-loop
    if (rules.runnerOptions === null) checkArgument(main, rules); // argument.refusal-leaves-no-open-loop
    const debug = options["debug"] ?? rules.defaultDebug;
    const runner = new RunnerClass({ ...options, debug });
    return runner.runAndClose(main); // close.run-inside-with-equals-run
  };
  return function run(...given) {
    return refusing(() => start(...given));
  };
}
