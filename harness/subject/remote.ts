import { inspect } from "node:util";

import type { ExceptionValue } from "../protocol/values";

/** An object that lives in the subject. One wrapper per object, so `===` tests identity. */
export class Remote {
  readonly ref: number;
  readonly kind: string;

  constructor(ref: number, kind: string) {
    this.ref = ref;
    this.kind = kind;
  }

  toString(): string {
    return `${this.kind}#${this.ref}`;
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** An exception that lives in the subject. Throwing it in a puppet raises the very same object there. */
export class RemoteException extends Error {
  override readonly name = "RemoteException";
  // Private, so that a failed comparison shows the message and not the fields.
  readonly #remote: ExceptionValue;

  constructor(remote: ExceptionValue) {
    super(`${remote.type}${remote.message === "" ? "" : `: ${remote.message}`}`);
    this.#remote = remote;
  }

  /** What the adapter told of it. */
  get remote(): ExceptionValue {
    return this.#remote;
  }

  /** The name of its class. */
  get type(): string {
    return this.remote.type;
  }

  /** Whether its class is, or derives from, the class of that name. */
  isA(type: string): boolean {
    return this.remote.bases.includes(type);
  }

  override toString(): string {
    return this.message;
  }

  [inspect.custom](): string {
    return `${this.message} (exception#${this.remote.ref})`;
  }
}

/** The subject has no such thing. */
export class Unsupported extends Error {
  override readonly name = "Unsupported";
  /** Whether the subject claims the feature all the same. */
  readonly claimed: boolean;

  constructor(message: string, claimed: boolean) {
    super(message);
    this.claimed = claimed;
  }
}

/** The adapter could not even try. */
export class AdapterError extends Error {
  override readonly name = "AdapterError";
}
