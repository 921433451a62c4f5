import { terminateAll } from "../session/living";
import { exitCodes } from "./exit-codes";

/** Our own Ctrl-C. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives the signals back. */
  release(): void;
}

/**
 * From now on a first SIGINT or SIGTERM aborts and ends every process we started, so that the report so far can be
 * printed; a second one ends us at once, and what we started with us.
 */
export function catchInterruption(): Interruption {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
    void terminateAll();
  };
  process.on("SIGINT", listener).on("SIGTERM", listener);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", listener).off("SIGTERM", listener);
    },
  };
}
