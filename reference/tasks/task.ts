import { AsyncResource } from "node:async_hooks";
import { copyContext, enterContext, leaveContext, type Context } from "../context";
import {
  begin,
  isCoroutine,
  type Coroutine,
  type CoroutineState,
  type Driving,
  type Trap,
} from "../coroutine";
import { thread } from "../current";
import { describe } from "../describe";
import { isCancelled, isFatal, RuntimeError, type BaseException } from "../errors";
import type { EventLoop } from "../loop/event-loop";
import type { Runnable } from "../loop/handle";
import { Awaiting, Future } from "./future";

/** How a task is made. */
export interface TaskOptions {
  readonly name?: string | null | undefined;
  /** The context its steps run in, itself and not a copy of it. A copy of the current one if absent. */
  readonly context?: Context | null | undefined;
}

/** A coroutine the loop drives, and the future of its result. */
export class Task<Result> extends Future<Result> implements Runnable, Driving {
  private readonly coroutine: Coroutine<Result>;
  private readonly context: Context;
  private name: string | number;
  private phase: "created" | "suspended" | "running" | "closed" = "created";
  /** The future it waits for. */
  private awaiting: Future<unknown> | null = null;
  /** What the next step has to raise, apart from a cancellation. */
  private pendingError: RuntimeError | null = null;
  private mustCancel = false;
  private cancelRequests = 0;
  private onCancel: AbortController | null = null;
  /** What AsyncLocalStorage held where the task was created. */
  private readonly scope = new AsyncResource("Task");
  /** Its neighbours among the tasks of the loop that are not done. @internal */
  previousTask: Task<unknown> | null = null;
  /** @internal */
  nextTask: Task<unknown> | null = null;

  /** `TypeError` if `coroutine` is not one. */
  constructor(loop: EventLoop, coroutine: Coroutine<Result>, options: TaskOptions = {}) {
    if (!isCoroutine(coroutine)) {
      throw new TypeError(`a coroutine was expected, got ${describe(coroutine)}`);
    }
    super(loop);
    this.coroutine = coroutine;
    this.context = options.context ?? copyContext();
    this.name = options.name ?? nextName++;
    loop.pendingTasks.add(this);
    loop.schedule(this);
  }

  getCoro(): Coroutine<Result> {
    return this.coroutine;
  }

  getContext(): Context {
    return this.context;
  }

  getName(): string {
    return typeof this.name === "number" ? `Task-${this.name}` : this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  /**
   * Asks the task to end: `CancelledError` is raised in it in the next turn, and it may clean up or even go on. False
   * if it is done already.
   */
  override cancel(message?: unknown): boolean {
    if (this.done()) return false;
    this.cancelRequests++;
    this.onCancel?.abort(this.makeAbortReason(message));
    this.onCancel = null;
    if (this.awaiting?.cancel(message) === true) return true;
    this.mustCancel = true;
    this.cancelMessage = message;
    return true;
  }

  /** How many requests to cancel it were made and not taken back. */
  cancelling(): number {
    return this.cancelRequests;
  }

  /** Takes one request to cancel it back, after handling it. Returns how many remain. */
  uncancel(): number {
    if (this.cancelRequests > 0 && --this.cancelRequests === 0) this.mustCancel = false;
    return this.cancelRequests;
  }

  /** A signal that is aborted when the task is cancelled, for `fetch` and its like. */
  signal(): AbortSignal {
    this.onCancel ??= new AbortController();
    return this.onCancel.signal;
  }

  override setResult(): void {
    throw new RuntimeError("the result of a task is what its coroutine returns");
  }

  override setException(): void {
    throw new RuntimeError("the exception of a task is what its coroutine raises");
  }

  override toString(): string {
    return `task ${this.getName()}`;
  }

  /** Where its coroutine stands. */
  coroutineState(): CoroutineState {
    return `CORO_${this.phase.toUpperCase()}` as Uppercase<`coro_${typeof this.phase}`>;
  }

  /** Makes one step. Throws only what stops the loop. @internal */
  run(): void {
    this.scope.runInAsyncScope(step, this);
  }

  /** Ends the task whose step was killed. Its coroutine can never be resumed. @internal */
  endKilled(exception: BaseException): void {
    this.end();
    this.finish(exception, true);
  }

  /** @internal */
  step(): void {
    if (this.phase === "closed") return;
    thread.task = this;
    enterContext(this.context);
    try {
      const { done, value } = this.resume();
      if (done === true) this.complete(value);
      else this.wait(value);
    } catch (exception) {
      this.fail(exception);
    } finally {
      leaveContext(this.context);
      thread.task = null;
    }
  }

  private resume(): IteratorResult<Trap, Result> {
    if (this.phase === "created") begin(this.coroutine, this);
    this.awaiting = null;
    this.phase = "running";
    if (!this.mustCancel && this.pendingError === null) return this.coroutine.next();
    const error = this.mustCancel ? this.makeCancelledError() : this.pendingError;
    this.mustCancel = false;
    this.pendingError = null;
    return this.coroutine.throw(error);
  }

  private complete(result: Result): void {
    const wasCancelled = this.mustCancel;
    this.end();
    if (wasCancelled)
      super.cancel(this.cancelMessage); // interrupt.pending-beats-return
    else this.finish(result, false);
  }

  private fail(exception: unknown): void {
    this.end();
    if (isCancelled(exception)) {
      this.cancelledBy = exception;
      super.cancel();
      return;
    }
    this.finish(exception, true);
    if (isFatal(exception)) throw exception; // interrupt.raised-by-callback-escapes
  }

  private end(): void {
    this.phase = "closed";
    this.mustCancel = false;
    this.loop.pendingTasks.delete(this);
  }

  private wait(trap: unknown): void {
    this.phase = "suspended";
    if (trap === undefined) {
      this.loop.schedule(this);
    } else if (trap instanceof Awaiting && this.canAwait(trap.future)) {
      const { future } = trap;
      future.addWaiter(this);
      this.awaiting = future;
      if (this.mustCancel && future.cancel(this.cancelMessage)) this.mustCancel = false;
    } else {
      this.pendingError = new RuntimeError(whyNot(trap, this));
      this.loop.schedule(this);
    }
  }

  private canAwait(future: Future<unknown>): boolean {
    return future.loop === this.loop && future !== this;
  }

  private makeAbortReason(message: unknown): BaseException {
    return new this.loop.rules.CancelledError(message);
  }
}

function step(this: Task<unknown>): void {
  this.step();
}

/** Why `task` cannot wait for what its coroutine yielded. */
function whyNot(trap: unknown, task: Task<unknown>): string {
  const name = task.getName();
  if (trap instanceof Future) {
    return `task ${name} got a future from a bare yield; await it with yield*`;
  }
  if (!(trap instanceof Awaiting)) {
    return `task ${name} got ${describe(trap)} from a bare yield; await with yield*`;
  }
  if (trap.future === task) return `task ${name} cannot await itself`;
  return `task ${name} got a future of a different loop`;
}

let nextName = 1;
