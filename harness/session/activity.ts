import { readFileSync } from "node:fs";

/** What a process does at a moment. */
export interface Activity {
  /** Whether it runs or is waiting for a processor to do so. */
  readonly runnable: boolean;
  /** Processor time of all its threads, in ticks. */
  readonly ticks: number;
}

/** What the kernel says of a process; undefined where it says nothing. Read at once: it is memory, not a disk. */
export function activityOf(pid: number): Activity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name of the program comes before, in brackets, and may contain anything.
    const [state, ...numbers] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { runnable: state === "R", ticks: Number(numbers[10]) + Number(numbers[11]) };
  } catch {
    return undefined;
  }
}
