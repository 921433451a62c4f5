import type { Hello } from "../protocol/messages";
import type { AdapterProcess } from "./process";
import { signal } from "./signals";
import { pause } from "./waiting";

/** A dump is complete when nothing followed for this long. */
const quietTime = 50;
/** A thread that holds the interpreter's lock in C code needs a while to get there. */
const dumpingTime = 1500;

interface Speaker {
  readonly process: AdapterProcess;
  allowance(milliseconds: number): number;
}

/** Asks a hung Python for the stacks of its threads: faulthandler answers SIGUSR1 on stderr. Empty for others. */
export async function stackDumpOf(pid: number, { subject }: Hello, peer: Speaker): Promise<string> {
  if (!/^(CPython|PyPy)/.test(subject.language)) return "";
  const { stderr } = peer.process;
  const mark = stderr.total;
  if (!signal(pid, "SIGUSR1")) return "";
  const deadline = performance.now() + peer.allowance(dumpingTime);
  let seen = mark;
  let since = 0;
  while (performance.now() < deadline) {
    await pause(quietTime / 5);
    if (stderr.total !== seen) {
      seen = stderr.total;
      since = performance.now();
    } else if (seen !== mark && performance.now() - since >= quietTime) break;
  }
  return stderr.since(mark);
}
