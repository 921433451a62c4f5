import { writeSync } from "node:fs";
import { inspect } from "node:util";
import type { Rules } from "./editions";
import { KeyboardInterrupt, SystemExit } from "./errors";

/**
 * Ends the process as Python does when nobody catches KeyboardInterrupt (killed by SIGINT,
 * interrupt.uncaught-ends-the-process) or SystemExit (its
 * code). Everything else, and whatever the program catches by itself, is left to Node.
 */
export function endWhenUncaught({ diesBySignal }: Rules): void {
  bySignal = diesBySignal;
  if (watching) return;
  watching = true;
  process.on("uncaughtExceptionMonitor", (error: unknown) => {
    if (process.listenerCount("uncaughtException") > 0) return;
    if (error instanceof SystemExit) process.exit(error.code);
    if (!(error instanceof KeyboardInterrupt)) return;
    writeSync(2, `${inspect(error)}\n`);
    if (!bySignal) process.exit(1);
    process.removeAllListeners("SIGINT");
    process.kill(process.pid, "SIGINT");
  });
}

let watching = false;
let bySignal = true;
