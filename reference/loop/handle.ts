import { copyContext, type Context } from "../context";
import type { CallbackLoop } from "./callback-loop";

/** What waits in the ready queue of a loop. */
export interface Runnable {
  run(): void;
  /** What to call it in a message. */
  toString(): string;
}

/** A callback the loop is going to call. */
export class Handle implements Runnable {
  /** @internal */
  readonly loop: CallbackLoop;
  private callback: (() => unknown) | null;
  private readonly context: Context;

  constructor(loop: CallbackLoop, callback: () => unknown, context: Context | null | undefined) {
    this.loop = loop;
    this.callback = callback;
    this.context = context ?? copyContext();
  }

  /** Keeps the loop from calling the callback. */
  cancel(): void {
    this.callback = null;
  }

  cancelled(): boolean {
    return this.callback === null;
  }

  getContext(): Context {
    return this.context;
  }

  /** @internal */
  run(): void {
    const { callback } = this;
    if (callback === null) return;
    try {
      this.context.run(callback);
    } catch (exception) {
      this.loop.handleCallbackError(exception, this);
    }
  }

  /** What to call it in a message. */
  toString(): string {
    if (this.callback === null) return "cancelled callback";
    return `callback ${this.callback.name || "<anonymous>"}`;
  }
}

/** A callback the loop is going to call at a time. */
export class TimerHandle extends Handle {
  private readonly due: number;
  /** Breaks ties between timers that are due at the same time. @internal */
  readonly order: number;
  /** Whether it is still among the timers. @internal */
  scheduled = true;

  constructor(
    due: number,
    order: number,
    loop: CallbackLoop,
    callback: () => unknown,
    context: Context | null | undefined,
  ) {
    super(loop, callback, context);
    this.due = due;
    this.order = order;
  }

  /** When it is due, in seconds of `loop.time()`. */
  when(): number {
    return this.due;
  }

  override cancel(): void {
    const wasWaiting = this.scheduled && !this.cancelled();
    super.cancel();
    if (wasWaiting) this.loop.noteCancelledTimer();
  }
}
