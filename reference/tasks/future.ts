import { copyContext, type Context } from "../context";
import type { Coroutine, Trap } from "../coroutine";
import { chain, InvalidStateError, RuntimeError, type BaseException } from "../errors";
import type { EventLoop } from "../loop/event-loop";
import type { Runnable } from "../loop/handle";
import { OneWait } from "../one-wait";
import { retrieved, watchForRetrieval } from "./unretrieved";

/** Called with the future once it is done, from the loop, never at once. */
export type DoneCallback<Result> = (future: Future<Result>) => unknown;

/** A result that is not there yet. `yield* future` waits for it. */
export class Future<Result> {
  /** @internal */
  readonly loop: EventLoop;
  private state: "pending" | "finished" | "failed" | "cancelled" = "pending";
  /** The result or the exception; before and without them the message of the cancellation. */
  private value: unknown = undefined;
  private waiters: Waiter[] | Waiter | null = null;
  /** What was raised to end the task. @internal */
  protected cancelledBy: BaseException | null = null;

  constructor(loop: EventLoop) {
    this.loop = loop;
  }

  getLoop(): EventLoop {
    return this.loop;
  }

  done(): boolean {
    return this.state !== "pending";
  }

  cancelled(): boolean {
    return this.state === "cancelled";
  }

  /** The result, or throws the exception. `InvalidStateError` before it is done, `CancelledError` if cancelled. */
  result(): Result {
    if (this.state === "finished") return this.value as Result;
    const exception = this.exception();
    throw exception;
  }

  /** The exception, or null. `InvalidStateError` before it is done, `CancelledError` if cancelled. */
  exception(): unknown {
    if (this.state === "pending") throw new InvalidStateError("the future is not done yet");
    if (this.state === "cancelled") throw this.makeCancelledError();
    if (this.state === "finished") return null;
    retrieved(this);
    return this.value;
  }

  /** Cancels it. False if it was done already. */
  cancel(message?: unknown): boolean {
    if (this.state === "failed") retrieved(this);
    if (this.state !== "pending") return false;
    this.cancelMessage = message;
    this.settle("cancelled");
    return true;
  }

  /** Gives it its result. `InvalidStateError` if it is done. */
  setResult(result: Result): void {
    this.finish(result, false);
  }

  /** Gives it its exception. `InvalidStateError` if it is done. */
  setException(exception: unknown): void {
    this.finish(exception, true);
  }

  /** Calls `callback` with this future once it is done, in `context` or in a copy of the current one. */
  addDoneCallback(
    callback: DoneCallback<Result>,
    options: { readonly context?: Context | null } = {},
  ): void {
    const waiter = { callback, context: options.context ?? copyContext() };
    if (this.state === "pending") this.addWaiter(waiter);
    else this.wake(waiter);
  }

  /** Forgets `callback`; returns how many times it was there. */
  removeDoneCallback(callback: DoneCallback<Result>): number {
    const before = this.waiterList();
    const after = before.filter((waiter) => isTask(waiter) || waiter.callback !== callback);
    this.waiters = after;
    return before.length - after.length;
  }

  /** Awaits it: hands this future to the task, which resumes when it is done. */
  [Symbol.iterator](): Coroutine<Result> {
    return new Awaiting(this);
  }

  /** What cancelling raises here. @internal */
  makeCancelledError(): BaseException {
    const { CancelledError, keepsCancelledError } = this.loop.rules;
    const { cancelledBy } = this;
    this.cancelledBy = null;
    if (cancelledBy !== null && keepsCancelledError) return cancelledBy; // result.cancellation-stays-cancellation
    const error = new CancelledError(this.cancelMessage);
    if (cancelledBy !== null) chain(error, cancelledBy);
    return error;
  }

  /** Has `waiter` woken when this is done. @internal */
  addWaiter(waiter: Waiter): void {
    if (this.waiters === null) this.waiters = waiter;
    else if (Array.isArray(this.waiters)) this.waiters.push(waiter);
    else this.waiters = [this.waiters, waiter];
  }

  /** Only while it is pending or cancelled. @internal */
  protected get cancelMessage(): unknown {
    return this.value;
  }

  protected set cancelMessage(message: unknown) {
    this.value = message;
  }

  /** @internal */
  protected finish(value: unknown, failed: boolean): void {
    if (this.state !== "pending")
      throw new InvalidStateError(
        `the future is already ${this.cancelled() ? "cancelled" : "finished"}`,
      );
    this.value = value;
    if (failed) watchForRetrieval(this, value);
    this.settle(failed ? "failed" : "finished");
  }

  private settle(state: "finished" | "failed" | "cancelled"): void {
    this.state = state;
    const { waiters } = this;
    if (waiters === null) return;
    this.waiters = null;
    if (!Array.isArray(waiters)) this.wake(waiters);
    else for (const waiter of waiters) this.wake(waiter);
  }

  private wake(waiter: Waiter): void {
    if (isTask(waiter)) this.loop.schedule(waiter);
    else this.loop.callSoon(() => waiter.callback(this as never), waiter);
  }

  private waiterList(): Waiter[] {
    if (this.waiters === null) return [];
    return Array.isArray(this.waiters) ? this.waiters : [this.waiters];
  }
}

/** One `yield*` of a future. It yields itself, which tells it from a future given to a bare `yield`. */
export class Awaiting<Result> extends OneWait<Result> {
  /** @internal */
  readonly future: Future<Result>;

  constructor(future: Future<Result>) {
    super();
    this.future = future;
  }

  protected override begin(): IteratorResult<Trap, Result> {
    return this.future.done() ? this.end() : { done: false, value: this };
  }

  protected override end(): IteratorReturnResult<Result> {
    const { future } = this;
    if (!future.done()) throw new RuntimeError("the future was resumed too early");
    return { done: true, value: future.result() };
  }
}

/** Who wants to know that a future is done: a task awaiting it, or a callback. */
type Waiter =
  Runnable | { readonly callback: (future: never) => unknown; readonly context: Context };

const isTask = (waiter: Waiter): waiter is Runnable => "run" in waiter;

/** Gives `future` its result unless it is done, for instance cancelled in the meantime. */
export function setResultUnlessDone<Result>(future: Future<Result>, result: Result): void {
  if (!future.done()) future.setResult(result);
}
