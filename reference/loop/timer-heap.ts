import type { TimerHandle } from "./handle";

/**
 * The timers of a loop, the one that is due first on top. Cancelled ones are dropped late and in bulk, as in
 * asyncio.
 */
export class TimerHeap {
  private timers: TimerHandle[] = [];
  private cancelledTimers = 0;

  get size(): number {
    return this.timers.length;
  }

  push(timer: TimerHandle): void {
    this.timers.push(timer);
    this.siftUp(timer, this.timers.length - 1);
  }

  /** When the first timer is due; infinity if there is none. */
  nextDue(): number {
    while (this.timers[0]?.cancelled() === true) this.pop();
    return this.timers[0]?.when() ?? Infinity;
  }

  /** Takes the first timer off the heap. */
  pop(): TimerHandle | undefined {
    const top = this.timers[0];
    const last = this.timers.pop();
    if (last !== undefined && this.timers.length > 0) {
      this.siftDown(last, 0);
    }
    if (top === undefined) return undefined;
    if (top.cancelled()) this.cancelledTimers--;
    top.scheduled = false;
    return top;
  }

  /** To be called for each timer that is cancelled: when most of many are, they are all dropped. */
  noteCancelled(): void {
    this.cancelledTimers++;
    if (this.timers.length < 100 || this.cancelledTimers * 2 < this.timers.length) return;
    this.timers = this.timers.filter((timer) => !timer.cancelled());
    this.cancelledTimers = 0;
    for (let i = (this.timers.length >> 1) - 1; i >= 0; i--) this.resift(i);
  }

  clear(): void {
    this.timers = [];
    this.cancelledTimers = 0;
  }

  private resift(at: number): void {
    const timer = this.timers[at];
    if (timer !== undefined) this.siftDown(timer, at);
  }

  private siftUp(timer: TimerHandle, start: number): void {
    const { timers } = this;
    let at = start;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = timers[above];
      if (parent === undefined || !isBefore(timer, parent)) break;
      timers[at] = parent;
      at = above;
    }
    timers[at] = timer;
  }

  private siftDown(timer: TimerHandle, start: number): void {
    const { timers } = this;
    let at = start;
    for (;;) {
      let below = at * 2 + 1;
      const left = timers[below];
      const right = timers[below + 1];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) below++;
      const child = right !== undefined && isBefore(right, left) ? right : left;
      if (!isBefore(child, timer)) break;
      timers[at] = child;
      at = below;
    }
    timers[at] = timer;
  }
}

const isBefore = (a: TimerHandle, b: TimerHandle): boolean =>
  a.when() < b.when() || (a.when() === b.when() && a.order < b.order);
