import type { Coroutine } from "../coroutine";
import { chain, isCancelled, RuntimeError, TimeoutError } from "../errors";
import type { Handle } from "../loop/handle";
import { currentTask, getRunningLoop } from "../running-loop";
import { awaitAny, ensureFuture, type Awaitable } from "./awaitable";
import type { Task } from "./task";

/** A time limit for a piece of a task. */
export class Timeout {
  private deadline: number | null;
  private phase: "created" | "entered" | "expiring" | "expired" | "exited" = "created";
  private timer: Handle | null = null;
  private task: Task<unknown> | null = null;
  private cancellingBefore = 0;

  /** `deadline` in seconds of `loop.time()`; null for no limit. */
  constructor(deadline: number | null) {
    this.deadline = deadline;
  }

  /** The deadline, in seconds of `loop.time()`. */
  when(): number | null {
    return this.deadline;
  }

  /** Whether the limit was reached inside. */
  expired(): boolean {
    return this.phase === "expiring" || this.phase === "expired";
  }

  /** Moves the deadline. `RuntimeError` outside. */
  reschedule(deadline: number | null): void {
    if (this.phase !== "entered")
      throw new RuntimeError(`cannot change a timeout that is ${this.phase}`);
    this.deadline = deadline;
    this.timer?.cancel();
    if (deadline === null) {
      this.timer = null;
      return;
    }
    const loop = getRunningLoop();
    this.timer =
      deadline <= loop.time() ? loop.callSoon(this.expire) : loop.callAt(deadline, this.expire);
  }

  /**
   * Runs `body`, and raises `TimeoutError` from it if it was cancelled because the limit was reached. `RuntimeError`
   * outside of tasks and the second time.
   */
  *use<Result>(body: (timeout: Timeout) => Coroutine<Result>): Coroutine<Result> {
    this.enter();
    try {
      return yield* body(this);
    } catch (error) {
      throw this.translated(error);
    } finally {
      this.exit();
    }
  }

  private enter(): void {
    if (this.phase !== "created") throw new RuntimeError("the timeout has already been entered");
    this.task = currentTask();
    if (this.task === null) throw new RuntimeError("a timeout is used inside a task");
    this.phase = "entered";
    this.cancellingBefore = this.task.cancelling();
    this.reschedule(this.deadline);
  }

  private translated(error: unknown): unknown {
    if (this.phase !== "expiring") return error;
    this.phase = "expired";
    const remaining = this.task?.uncancel() ?? 0;
    if (remaining > this.cancellingBefore || !isCancelled(error)) return error;
    return new TimeoutError(undefined, { cause: error });
  }

  private exit(): void {
    this.timer?.cancel();
    if (this.phase === "expiring") {
      this.phase = "expired";
      this.task?.uncancel();
    } else if (this.phase === "entered") {
      this.phase = "exited";
    }
  }

  private readonly expire = (): void => {
    this.task?.cancel();
    this.phase = "expiring";
  };
}

/** A limit of `delay` seconds from now; null for none. `yield* timeout(5).use(function* () { … })`. */
export const timeout = (delay: number | null): Timeout =>
  new Timeout(delay === null ? null : getRunningLoop().time() + delay);

/** A limit at `when`, in seconds of `loop.time()`; null for none. */
export const timeoutAt = (when: number | null): Timeout => new Timeout(when);

/** Runs `body` with a limit of `delay` seconds. */
export function* timeoutAfter<Result>(
  delay: number | null,
  body: () => Coroutine<Result>,
): Coroutine<Result> {
  return yield* timeout(delay).use(body);
}

/**
 * Awaits `awaitable` for at most `delay` seconds (null: without limit). When they have passed it is cancelled, and
 * `TimeoutError` is raised once it has ended.
 */
export function* waitFor<Result>(
  awaitable: Awaitable<Result>,
  delay: number | null,
): Coroutine<Result> {
  if (delay !== null && delay <= 0) return yield* resultNow(awaitable);
  return yield* timeoutAfter(delay, () => awaitAny(awaitable));
}

function* resultNow<Result>(awaitable: Awaitable<Result>): Coroutine<Result> {
  const future = ensureFuture(awaitable);
  if (future.done()) return future.result();
  future.cancel();
  try {
    return yield* future;
  } catch (error) {
    const late = new TimeoutError();
    chain(late, error);
    throw isCancelled(error) ? late : error;
  }
}
