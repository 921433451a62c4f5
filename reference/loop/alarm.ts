/**
 * The one Node timer of a loop. While it is set the process stays alive, also for a loop that only waits for
 * something
 * that never comes. It may ring early: who sets it looks at the time again.
 */
export class Alarm {
  private readonly ring: () => void;
  private timer: NodeJS.Timeout | null = null;
  private due = Infinity;

  constructor(ring: () => void) {
    this.ring = ring;
  }

  /** Rings at `due`, or never if that is infinity. `now` and `due` are in seconds of the same clock. */
  set(due: number, now: number): void {
    // One that rings too early costs one look at the clock, less than changing Node's timer each time.
    if (this.timer !== null && this.due <= due) return;
    this.clear();
    this.due = due;
    const milliseconds = Math.ceil((due - now) * 1000);
    this.timer = setTimeout(this.onTimeout, Math.min(Math.max(milliseconds, 1), longest));
  }

  clear(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private readonly onTimeout = (): void => {
    this.timer = null;
    this.ring();
  };
}

/** What setTimeout takes at most: 24.8 days. */
const longest = 2 ** 31 - 1;
