import type { Breakdown } from "./session";

// NotStarted: the system could not start the command.  NoHandshake: it started but did not say a proper hello.
// BecameUnusable: it worked once and does not start any more.  SessionBroken: one session ended before its time.

/** What went wrong with an adapter as a whole; stable, for reports and exit codes. */
export type AdapterErrorCode =
  | "not-found"
  | "no-such-directory"
  | "not-executable"
  | "not-started"
  | "refused"
  | "died-before-hello"
  | "not-hello"
  | "wrong-protocol"
  | "no-hello"
  | "became-unusable";

/** There is no adapter to talk to. */
export class AdapterError extends Error {
  override readonly name: string = "AdapterError";
  readonly code: AdapterErrorCode;
  /** The end of what it wrote on stderr. */
  readonly stderr: string;

  constructor(code: AdapterErrorCode, message: string, evidence: Evidence = {}) {
    super(message, evidence.cause === undefined ? {} : { cause: evidence.cause });
    this.code = code;
    this.stderr = evidence.stderr ?? "";
  }
}

export class NotStarted extends AdapterError {
  override readonly name = "NotStarted";
}

export class NoHandshake extends AdapterError {
  override readonly name = "NoHandshake";
}

export class BecameUnusable extends AdapterError {
  override readonly name = "BecameUnusable";
}

/** A session cannot go on. */
export class SessionBroken extends Error {
  override readonly name = "SessionBroken";
  readonly breakdown: Breakdown;

  constructor(breakdown: Breakdown) {
    super(
      breakdown.kind === "crash"
        ? `expected the session to go on, got ${endOf(breakdown)}`
        : breakdown.message,
    );
    this.breakdown = breakdown;
  }
}

/** How a process ended, in words. */
export const endOf = (end: { readonly code: number | null; readonly signal: string | null }) =>
  end.signal === null ? `exit code ${end.code ?? "unknown"}` : `death by ${end.signal}`;

interface Evidence {
  readonly stderr?: string;
  readonly cause?: unknown;
}
