import type { Edition } from "../spec/editions";
import { newestRules, rulesOf, type Rules } from "./editions";
import { EventLoop } from "./loop/event-loop";
import { policyOf, type Policy } from "./policy";
import { runOf, type Run } from "./run";
import { Runner } from "./runner";

/** What differs from edition to edition. All of it works together with everything else the reference exports. */
export interface Runners extends Policy {
  readonly edition: Edition;
  /**
   * Runs `main` on a new loop, and closes that loop: the entry point of a program. Wrong arguments reject the promise.
   * Inside a running loop, where nobody could await that, every refusal throws at once.
   */
  readonly run: Run;
  /** Undefined before 3.11, where there was none. */
  readonly Runner: typeof Runner | undefined;
  readonly EventLoop: typeof EventLoop;
  readonly CancelledError: Rules["CancelledError"];
}

/** The runners of `edition`; always the same object. `ValueError` if there is no such edition. */
export function runners(edition: Edition): Runners {
  const known = cache.get(edition);
  if (known !== undefined) return known;
  const made = makeRunners(rulesOf(edition));
  cache.set(edition, made);
  return made;
}

const cache = new Map<Edition, Runners>();

function makeRunners(rules: Rules): Runners {
  const EditionLoop = rules === newestRules ? EventLoop : class extends EventLoop {};
  const policy = policyOf(rules, EditionLoop);
  const EditionRunner = rules === newestRules ? Runner : class extends Runner {};
  Object.defineProperties(EditionLoop, { rules: { value: rules }, name: { value: "EventLoop" } });
  Object.defineProperties(EditionRunner, {
    rules: { value: rules },
    policy: { value: policy },
    name: { value: "Runner" },
  });
  return {
    ...policy,
    edition: rules.edition,
    run: runOf(rules, EditionRunner),
    Runner: rules.runnerOptions === null ? undefined : EditionRunner, // signature.entry-points-exist
    EventLoop: EditionLoop,
    CancelledError: rules.CancelledError,
  };
}
