import { activityOf, type Activity } from "./activity";

/** How often we look, in milliseconds: an honest session is over before the second time. */
const between = 200;
/** Used between two looks by a process that only waits: a tick, a hundredth of a second, may be rounding. */
const restingTicks = 1;

/** Who hears whether a process works or waits. */
export interface DrowsingListener {
  slept(): void;
  woke(): void;
}

/**
 * Tells when a process has come to rest: it neither works nor wants to. Only Linux lets us know; elsewhere a process
 * always counts as working. Gives the end of it.
 */
export function watchDrowsing(pid: number, listener: DrowsingListener): () => void {
  let before = activityOf(pid);
  const timer = setInterval(() => {
    const now = activityOf(pid);
    if (isResting(before, now)) listener.slept();
    else listener.woke();
    before = now;
  }, between);
  return () => {
    clearInterval(timer);
  };
}

const isResting = (before: Activity | undefined, now: Activity | undefined): boolean =>
  before !== undefined &&
  now !== undefined &&
  !now.runnable &&
  now.ticks - before.ticks <= restingTicks;
