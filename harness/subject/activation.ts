import type { StepOutcome } from "../protocol/messages";
import type { Conversation, Instruction } from "./conversation";
import type { Puppet } from "./puppets";
import { RemoteException } from "./remote";
import type { WireValues } from "./wire-values";

/** Waits until a spinning puppet has shown that many signs of life after the call. */
export type Beats = (count: number) => Promise<void>;

/**
 * What the body of a puppet holds: the ways to give the floor back to the subject. An exception that is raised in the
 * subject at that point rejects, as RemoteException; rethrowing it raises the same object there.
 */
export class Activation {
  /** What the puppet was called with. */
  readonly args: readonly unknown[];
  readonly #puppet: Puppet;
  readonly #number: number;
  readonly #conversation: Conversation;
  readonly #values: WireValues;

  constructor(
    puppet: Puppet,
    number: number,
    args: readonly unknown[],
    conversation: Conversation,
    values: WireValues,
  ) {
    this.#puppet = puppet;
    this.#number = number;
    this.#conversation = conversation;
    this.#values = values;
    this.args = args;
  }

  /** Awaits, in the subject. */
  await(awaitable: unknown): Promise<unknown> {
    return this.#do({ type: "await", value: this.#values.toWire(awaitable) });
  }

  /** Yields a value, from an async-generator puppet; gives what was sent in. */
  yield(value: unknown): Promise<unknown> {
    return this.#do({ type: "yield", value: this.#values.toWire(value) });
  }

  /**
   * Keeps the subject's thread busy while `meanwhile` runs, then goes on. An exception raised inside the busy loop
   * rejects. Where the subject cannot raise there and drops the puppet instead, this never settles.
   */
  async spin(meanwhile: (beats: Beats) => Promise<void>): Promise<void> {
    let heard = 0;
    let wake: () => void = () => undefined;
    const beats: Beats = async (count) => {
      await allReadSoFar();
      const until = heard + count;
      while (heard < until) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    let over = false;
    const release = this.#conversation.onNotice(this.#puppet.number, () => {
      heard += 1;
      wake();
      if (heard === 1) {
        this.#watched(
          meanwhile(beats).then(() => {
            if (!over) this.#conversation.halt();
          }),
        );
      }
    });
    try {
      await this.#do({ type: "spin" });
    } finally {
      over = true;
      release();
    }
  }

  async #do(instruction: Instruction): Promise<unknown> {
    return this.#result(
      await this.#conversation.instruct(this.#puppet.number, this.#number, instruction),
    );
  }

  #result(outcome: StepOutcome): unknown {
    if ("returned" in outcome) return this.#values.fromWire(outcome.returned);
    if ("raised" in outcome) throw this.#values.fromWire(outcome.raised) as RemoteException;
    return undefined;
  }

  #watched(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#conversation.fail(error);
    });
  }
}

/**
 * Settles when everything that was in the pipe at the time of the call has been read. A sign of life that waited there
 * is older than the signal just sent, and two signals without one in between may arrive as one.
 */
async function allReadSoFar(): Promise<void> {
  // The first turn may be the rest of the current one.
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The body of a puppet: what it returns is returned in the subject, what it throws is raised there. */
export type Body = (co: Activation) => unknown;

/** Runs `body` for one activation of `puppet` and passes its end on. */
export async function drive(
  puppet: Puppet,
  body: Body,
  activation: Activation,
  conversation: Conversation,
  values: WireValues,
): Promise<void> {
  try {
    const value = values.toWire(await body(activation));
    puppet.markFinished();
    conversation.finish({ type: "finish", value });
  } catch (error) {
    if (!(error instanceof RemoteException)) {
      // An assertion or a bug of ours: the test is over, the puppet stays where it is.
      conversation.fail(error);
      return;
    }
    puppet.markFinished();
    conversation.finish({ type: "raise", exception: values.toWire(error) });
  }
}
