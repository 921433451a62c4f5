import type { FromAdapter, FromHarness, StepOutcome } from "../protocol/messages";
import type { ExceptionValue, MapValue, Value } from "../protocol/values";
import type { SessionOptions, TranscriptEntry } from "../session/session";

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

/** Tells the story of a transcript. */
export function storyOf(transcript: readonly TranscriptEntry[]): Story {
  const teller = new Teller();
  for (const { message } of transcript) {
    if ("type" in message) teller.hear(message);
    else teller.interrupted();
  }
  return teller.story();
}

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

type Growing<T> = { -readonly [Key in keyof T]: T[Key] };
interface GrowingActivation extends Growing<Activation> {
  readonly actions: Growing<Action>[];
}

/** Keeps what single messages leave out: who has the floor, and whose call an answer belongs to. */
class Teller {
  readonly #script: GrowingActivation = newActivation(undefined, 1, []);
  readonly #activations = new Map<string, GrowingActivation>();
  readonly #puppets = new Map<number, string>();
  readonly #events: StoryEvent[] = [];
  readonly #calls: { readonly who: GrowingActivation; readonly action: Growing<Action> }[] = [];
  #who = this.#script;
  #harnessHasFloor = true;
  #globalDebug: SessionOptions["globalDebug"];
  /** What the harness said last, which a signal follows. */
  #latest: { interrupts: number } = { interrupts: 0 };

  hear(message: FromHarness | FromAdapter): void {
    switch (message.type) {
      case "open":
        this.#globalDebug = message.globalDebug;
        break;
      case "call": {
        const { op, on, args = [], kwargs = {} } = message;
        const action = this.#begin({ type: "call", op, on, args, kwargs });
        this.#calls.push({ who: this.#who, action });
        break;
      }
      case "await":
      case "yield":
        this.#begin({ type: message.type, value: message.value });
        break;
      case "spin":
        this.#begin({ type: "spin" });
        break;
      case "finish":
        this.#end({ type: "finish", value: message.value, interrupts: 0 });
        break;
      case "raise":
        this.#end({ type: "raise", value: message.exception, interrupts: 0 });
        break;
      case "returned":
        this.#answered({ returned: message.value });
        break;
      case "raised":
        this.#answered({ raised: message.exception });
        break;
      case "unsupported":
        this.#answered({ raised: absence(message.reason) });
        break;
      case "adapter-error":
        this.#answered(undefined);
        break;
      case "step":
        this.#stepped(message.puppet, message.activation, message.outcome);
        break;
      case "hello":
      case "opened":
      case "notice":
      case "halt":
      case "close":
      case "closed":
      case "died":
    }
  }

  interrupted(): void {
    this.#latest.interrupts += 1;
  }

  story(): Story {
    return {
      script: this.#script,
      activations: [...this.#activations.values()],
      puppets: this.#puppets,
      events: this.#events,
      last: this.#harnessHasFloor ? this.#who : undefined,
      globalDebug: this.#globalDebug,
    };
  }

  #begin(does: Doing): Growing<Action> {
    const action: Growing<Action> = { does, outcome: undefined, interrupts: 0 };
    for (const value of valuesOf(action)) this.#meet(value);
    this.#who.actions.push(action);
    this.#events.push({ type: "begin", who: this.#who, action });
    this.#giveFloor(action);
    return action;
  }

  #end(end: Growing<End>): void {
    this.#meet(end.value);
    this.#who.end = end;
    this.#events.push({ type: "end", who: this.#who });
    this.#giveFloor(end);
  }

  #giveFloor(latest: { interrupts: number }): void {
    this.#harnessHasFloor = false;
    this.#latest = latest;
  }

  #answered(outcome: Outcome | undefined): void {
    const call = this.#calls.pop();
    if (call === undefined) return;
    this.#settle(call.who, call.action, outcome);
  }

  #stepped(puppet: number, number: number, outcome: StepOutcome): void {
    const key = `${puppet}/${number}`;
    const known = this.#activations.get(key);
    if ("started" in outcome) {
      const who = newActivation(puppet, number, outcome.started);
      this.#activations.set(key, who);
      this.#who = who;
      this.#harnessHasFloor = true;
      this.#events.push({ type: "start", who });
      return;
    }
    const action = known?.actions.at(-1);
    if (known !== undefined && action !== undefined) this.#settle(known, action, outcome);
  }

  #settle(who: GrowingActivation, action: Growing<Action>, outcome: Outcome | undefined): void {
    action.outcome = outcome;
    this.#who = who;
    this.#harnessHasFloor = true;
    this.#events.push({ type: "answer", who, action });
  }

  #meet(value: Value): void {
    eachPart(value, (part) => {
      if (isPuppet(part)) this.#puppets.set(part.puppet, part.kind);
    });
  }
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

const newActivation = (
  puppet: number | undefined,
  number: number,
  args: readonly Value[],
): GrowingActivation => ({ puppet, number, args, actions: [], end: undefined });

/** A missing attribute shows in a program as an exception. */
const absence = (reason: string): ExceptionValue => ({
  ref: -1,
  kind: "exception",
  type: "AttributeError",
  bases: ["AttributeError", "Exception", "BaseException"],
  message: reason,
});
