import { inspect } from "node:util";

/**
 * The exceptions of the reference. As in Python there are two kinds: those an ordinary handler is meant to deal with
 * (`Exception`, and every `Error` of JavaScript), and those it should let pass (`BaseException` only).
 */

/** The root: what is one of these, and no `Exception`, is not an error to recover from. */
export class BaseException extends Error {
  /** What the exception was made with, like `args` in Python: nothing, or one message of any type. */
  readonly args: readonly unknown[];

  constructor(message?: unknown, options?: ErrorOptions) {
    super(text(message), options);
    this.args = message === undefined ? [] : [message];
    Object.defineProperty(this, "args", { enumerable: false });
    Object.defineProperty(this, "name", { value: new.target.name, configurable: true });
  }
}

const text = (message: unknown): string =>
  typeof message === "string" ? message : message === undefined ? "" : inspect(message);

/** An error a program may want to handle. */
export class Exception extends BaseException {}

/** The loop, a task or a runner was used in a way its state does not allow. */
export class RuntimeError extends Exception {}

/** An argument has the right type but an unusable value. */
export class ValueError extends Exception {}

/** A context variable has no value. */
export class LookupError extends Exception {}

/** A time limit has passed. */
export class TimeoutError extends Exception {}

/** A future is asked for what it does not have yet, or told what it already knows. */
export class InvalidStateError extends Exception {}

/** The task or future was cancelled. An ordinary handler should let it pass. */
export class CancelledError extends BaseException {}

/** `CancelledError` of Python 3.7, where an ordinary handler still caught it. */
const LegacyCancelledError = { CancelledError: class CancelledError extends Exception {} };
export const CancelledError37 = LegacyCancelledError.CancelledError;

/** Ctrl-C. Whoever raises it, it stops the loop and leaves `run()`. */
export class KeyboardInterrupt extends BaseException {}

/** The program asks to end. Like `KeyboardInterrupt`, it stops the loop and leaves `run()`. */
export class SystemExit extends BaseException {
  /** The exit code; 0 if none was given. */
  readonly code: number;

  constructor(code = 0, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** A generator is being closed. */
export class GeneratorExit extends BaseException {}

/** Several errors at once, in the order they happened. */
export class ExceptionGroup extends Exception {
  readonly exceptions: readonly unknown[];

  constructor(message: string, exceptions: readonly unknown[]) {
    super(message);
    this.exceptions = exceptions;
  }
}

/** Whether `error` says that a task or future was cancelled, in whatever edition. */
export const isCancelled = (error: unknown): error is CancelledError =>
  error instanceof CancelledError || error instanceof CancelledError37;

/** Whether `error` stops the loop and leaves `run()`, whoever raises it. */
export const isFatal = (error: unknown): error is KeyboardInterrupt | SystemExit =>
  error instanceof KeyboardInterrupt || error instanceof SystemExit;

/** Whether an ordinary handler should deal with `error`: everything but a bare `BaseException`. */
export const isException = (error: unknown): boolean =>
  !(error instanceof BaseException) || error instanceof Exception;

/** Notes that `later` happened while `earlier` was being handled; an existing cause is kept. */
export function chain(later: unknown, earlier: unknown): void {
  if (!(later instanceof Error) || later === earlier || later.cause !== undefined) return;
  Object.defineProperty(later, "cause", { value: earlier, writable: true, configurable: true });
}
