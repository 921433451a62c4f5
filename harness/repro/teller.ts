import type { FromAdapter, FromHarness, StepOutcome } from "../protocol/messages";
import type { ExceptionValue, Value } from "../protocol/values";
import type { SessionOptions, TranscriptEntry } from "../session/session";
import { withoutRepetition } from "./repetition";
import {
  eachPart,
  isPuppet,
  valuesOf,
  type Action,
  type Activation,
  type Doing,
  type End,
  type Outcome,
  type Story,
  type StoryEvent,
} from "./story";

/** Tells the story of a transcript. */
export function storyOf(transcript: readonly TranscriptEntry[]): Story {
  const teller = new Teller();
  for (const { message } of transcript) {
    if ("type" in message) teller.hear(message);
    else teller.interrupted();
  }
  return teller.story();
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
    const activations = [...this.#activations.values()];
    const gone = activations.flatMap((who) => withoutRepetition(who.actions));
    return {
      script: this.#script,
      activations,
      puppets: this.#puppets,
      events: this.#events.filter((event) => !("action" in event && gone.includes(event.action))),
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
