import type { ExceptionValue, MapValue, Value } from "../protocol/values";
import type { SessionOptions } from "../session/session";

/** What a test had done, told by who did it: the transcript without the harness. */
export interface Story {
  /** What was done outside of every puppet. */
  readonly script: Activation;
  /** Every activation of a puppet that was started, in the order of their starts. */
  readonly activations: readonly Activation[];
  /** Puppets in the order in which they were first named. */
  readonly puppets: ReadonlyMap<number, string>;
  /** Everything in the order in which it happened. */
  readonly events: readonly StoryEvent[];
  /** Who would have gone on when the test ended; undefined when the subject was busy then. */
  readonly last: Activation | undefined;
  readonly globalDebug: SessionOptions["globalDebug"];
}

/** One run of a puppet's body, or of the script. */
export interface Activation {
  /** Undefined for the script. */
  readonly puppet: number | undefined;
  readonly number: number;
  /** What it was called with. */
  readonly args: readonly Value[];
  readonly actions: readonly Action[];
  /** How it ended; undefined when it did not. */
  readonly end: End | undefined;
}

/** The last thing a puppet does. */
export type End = (
  | { readonly type: "finish"; readonly value: Value }
  | { readonly type: "raise"; readonly value: Value }
) & { readonly interrupts: number };

/** One thing somebody did, and what came of it. */
export interface Action {
  readonly does: Doing;
  /** Undefined when nothing came of it before the test ended. */
  readonly outcome: Outcome | undefined;
  /** How many SIGINTs came while it was under way and nobody else did anything. */
  readonly interrupts: number;
  /** What was done each time it had not yet given what it gave in the end; absent where it was done once. */
  readonly meanwhile?: readonly Action[];
}

export type Doing =
  | {
      readonly type: "call";
      readonly op: string;
      readonly on: Value | undefined;
      readonly args: readonly Value[];
      readonly kwargs: Readonly<Record<string, Value>>;
    }
  | { readonly type: "await" | "yield"; readonly value: Value }
  | { readonly type: "spin" };

export type Outcome = { readonly returned: Value } | { readonly raised: ExceptionValue };

export type StoryEvent =
  | { readonly type: "start"; readonly who: Activation }
  | { readonly type: "end"; readonly who: Activation }
  | { readonly type: "begin"; readonly who: Activation; readonly action: Action }
  | { readonly type: "answer"; readonly who: Activation; readonly action: Action };

/** Every value an action is made of. */
export const valuesOf = ({ does }: Action): readonly Value[] => {
  if (does.type === "spin") return [];
  if (does.type !== "call") return [does.value];
  return [...(does.on === undefined ? [] : [does.on]), ...does.args, ...Object.values(does.kwargs)];
};

/** What an action gave, be it returned or raised; undefined when nothing came. */
export const givenBy = ({ outcome }: Action): Value | undefined =>
  outcome === undefined ? undefined : "raised" in outcome ? outcome.raised : outcome.returned;

/** Whether an activation ends by letting through what its last action raised. */
export function letsThrough({ actions, end }: Activation): boolean {
  const outcome = actions.at(-1)?.outcome;
  return (
    end?.type === "raise" &&
    isReference(end.value) &&
    outcome !== undefined &&
    "raised" in outcome &&
    outcome.raised.ref === end.value.ref
  );
}

/** Whether an action is a tight loop that nothing ended before the test did. */
export function isEndless({ events }: Story, action: Action): boolean {
  const latest = events.at(-1);
  return action.does.type === "spin" && latest?.type === "begin" && latest.action === action;
}

/** Calls `visit` with a value and everything inside it; the path leads there. */
export function eachPart(
  value: Value,
  visit: (part: Value, path: readonly (string | number)[]) => void,
  path: readonly (string | number)[] = [],
): void {
  visit(value, path);
  if (isList(value)) {
    value.forEach((item, index) => {
      eachPart(item, visit, [...path, index]);
    });
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value.map)) eachPart(item, visit, [...path, key]);
  }
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isMap = (value: Value): value is MapValue =>
  typeof value === "object" && value !== null && !isList(value) && "map" in value;
export const isPuppet = (value: Value): value is Extract<Value, { puppet: unknown }> =>
  typeof value === "object" && value !== null && "puppet" in value;
export const isReference = (value: Value): value is Extract<Value, { ref: unknown }> =>
  typeof value === "object" && value !== null && "ref" in value;
export const isException = (value: Value): value is ExceptionValue =>
  isReference(value) && "bases" in value;
