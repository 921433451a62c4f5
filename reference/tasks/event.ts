import type { Coroutine } from "../coroutine";
import { getRunningLoop } from "../running-loop";
import type { Future } from "./future";
import { setResultUnlessDone } from "./future";

/** A flag tasks can wait for. */
export class Event {
  private flag = false;
  private readonly waiters = new Set<Future<true>>();

  isSet(): boolean {
    return this.flag;
  }

  /** Sets the flag and lets everybody go on who waits. */
  set(): void {
    this.flag = true;
    for (const waiter of this.waiters) setResultUnlessDone(waiter, true);
  }

  clear(): void {
    this.flag = false;
  }

  /** Returns true once the flag is set. */
  *wait(): Coroutine<true> {
    if (this.flag) return true;
    const waiter = getRunningLoop().createFuture<true>();
    this.waiters.add(waiter);
    try {
      return yield* waiter;
    } finally {
      this.waiters.delete(waiter);
    }
  }
}
