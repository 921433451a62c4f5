import type { Context } from "../context";
import { isDebugMode } from "../debug-mode";
import { newestRules, type Rules } from "../editions";
import { RuntimeError } from "../errors";
import { logger } from "../logger";
import { Driver } from "./driver";
import { Handle, TimerHandle, type Runnable } from "./handle";

/** How a callback is scheduled. */
export interface CallOptions {
  /** The context it is called in; a copy of the current one if absent. */
  readonly context?: Context | null | undefined;
}

/** The part of a loop that knows nothing of tasks: callbacks, time, and what went wrong. */
export abstract class CallbackLoop {
  /** How the edition it belongs to differs. */
  static readonly rules: Rules = newestRules;
  /** @internal */
  readonly rules: Rules = (this.constructor as typeof CallbackLoop).rules;
  /** Seconds a callback or step may take in debug mode before it is reported. */
  slowCallbackDuration = 0.1;
  protected readonly driver = new Driver(this);
  protected closed = false;
  private debug = isDebugMode(); // debug.none-follows-global
  private timersMade = 0;

  /** Ends the run after the turn that is being made. */
  stop(): void {
    this.driver.stop();
  }

  /** Ends the run at once with `exception`, as if the code that is running had raised it and nobody caught it. */
  interrupt(exception: unknown): void {
    this.driver.fail(exception);
  }

  isRunning(): boolean {
    return this.driver.isRunning();
  }

  isClosed(): boolean {
    return this.closed;
  }

  /** Seconds since an arbitrary moment; never goes back. */
  time(): number {
    return performance.now() / 1000;
  }

  /** Calls `callback` in the next turn. */
  callSoon(callback: () => unknown, options?: CallOptions): Handle {
    this.checkClosed();
    const handle = new Handle(this, callable(callback), options?.context);
    this.driver.schedule(handle);
    return handle;
  }

  /** The same: nothing else can reach this loop from another thread of Node. */
  callSoonThreadsafe(callback: () => unknown, options?: CallOptions): Handle {
    return this.callSoon(callback, options);
  }

  /** Calls `callback` after `delay` seconds. */
  callLater(delay: number, callback: () => unknown, options?: CallOptions): TimerHandle {
    if (typeof delay !== "number" || Number.isNaN(delay)) {
      throw new TypeError(`expected a delay in seconds, got ${String(delay)}`);
    }
    return this.callAt(this.time() + delay, callback, options);
  }

  /** Calls `callback` when `time()` has reached `when`. */
  callAt(when: number, callback: () => unknown, options?: CallOptions): TimerHandle {
    this.checkClosed();
    const order = this.timersMade++;
    const timer = new TimerHandle(when, order, this, callable(callback), options?.context);
    this.driver.addTimer(timer);
    return timer;
  }

  getDebug(): boolean {
    return this.debug;
  }

  /** In debug mode a callback or step that takes longer than `slowCallbackDuration` is reported. */
  setDebug(enabled: boolean): void {
    this.debug = enabled;
  }

  /** Makes `runnable` run in the next turn. @internal */
  schedule(runnable: Runnable): void {
    this.driver.schedule(runnable);
  }

  /** Whether the step that is being made, or was made a moment ago, is one of `runnable`. @internal */
  isStepping(runnable: Runnable): boolean {
    return this.driver.isStepping(runnable);
  }

  /** Whether a run would find nothing to do. @internal */
  hasNothingScheduled(): boolean {
    return this.driver.ready.length === 0 && this.driver.timers.size === 0;
  }

  /** @internal */
  noteCancelledTimer(): void {
    this.driver.timers.noteCancelled();
  }

  protected checkClosed(): void {
    if (this.closed) throw new RuntimeError("the event loop is closed");
  }

  /** @internal */
  noteStep(runnable: Runnable, seconds: number): void {
    if (seconds < this.slowCallbackDuration) return;
    logger.warning(`Executing ${String(runnable)} took ${seconds.toFixed(3)} seconds`);
  }

  /** @internal */
  abstract onPause(): void;

  /** What a callback raised. Throws it if it stops the loop. @internal */
  abstract handleCallbackError(exception: unknown, handle: Handle): void;
}

/** `callback`, if it can be called; else `TypeError`. */
export function callable<Callback>(callback: Callback): Callback {
  if (typeof callback === "function") return callback;
  throw new TypeError(`expected a function, got ${String(callback)}`);
}
