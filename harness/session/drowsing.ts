import { readFileSync } from "node:fs";

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

interface Activity {
  /** Whether it runs or is waiting for a processor to do so. */
  readonly runnable: boolean;
  /** Processor time of all its threads, in ticks. */
  readonly ticks: number;
}

const isResting = (before: Activity | undefined, now: Activity | undefined): boolean =>
  before !== undefined &&
  now !== undefined &&
  !now.runnable &&
  now.ticks - before.ticks <= restingTicks;

/** What the kernel says of a process; undefined where it says nothing. Read at once: it is memory, not a disk. */
function activityOf(pid: number): Activity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name of the program comes before, in brackets, and may contain anything.
    const [state, ...numbers] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { runnable: state === "R", ticks: Number(numbers[10]) + Number(numbers[11]) };
  } catch {
    return undefined;
  }
}
