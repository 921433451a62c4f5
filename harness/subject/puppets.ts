import { inspect } from "node:util";

import type { PuppetKind } from "../protocol/values";

/** A coroutine, function or generator that lives in the subject and is driven from here. */
export class Puppet {
  readonly number: number;
  readonly kind: PuppetKind;
  /** A puppet that must not run; running it fails the test. */
  readonly untouched: boolean;
  /** How often the subject started it. */
  starts = 0;
  /** Settles when the puppet was told to return or to raise for the first time. */
  readonly finished: Promise<void>;
  #finish: () => void = () => undefined;

  constructor(number: number, kind: PuppetKind, untouched: boolean) {
    this.number = number;
    this.kind = kind;
    this.untouched = untouched;
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Notes that it was told its last instruction. */
  markFinished(): void {
    this.#finish();
  }

  [inspect.custom](): string {
    return this.toString();
  }

  toString(): string {
    return `${this.kind} puppet ${this.number}`;
  }
}
