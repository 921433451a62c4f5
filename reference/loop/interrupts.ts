import { KeyboardInterrupt } from "../errors";
import { preemptive, watchInterrupts } from "../interrupt";
import { endWhenUncaught } from "../uncaught";
import type { EventLoop } from "./event-loop";

/**
 * What Ctrl-C does now: a runner cancels its main task first (graceful), the running loop raises KeyboardInterrupt
 * (plain), or the reference has nothing to do with it (null).
 */
export const interruptHandling = (): "graceful" | "plain" | null => watching?.mode ?? null;

/**
 * Handles Ctrl-C until the returned function is called, unless somebody else does
 * (interrupt-handler.foreign-is-kept, threads.handler-is-left-alone). Steps aside as soon
 * as the program listens to SIGINT itself (interrupt-handler.users-own-survives).
 */
export function handleInterrupts(
  mode: "graceful" | "plain",
  onInterrupt: (count: number) => void,
): () => void {
  if (watching !== null) {
    if (mode === "plain" || watching.mode === "graceful") return () => undefined;
    watching.release(); // a plain one gives way
  }
  const release = watchInterrupts((count) => {
    if (process.listenerCount("SIGINT") > ownListeners) release?.();
    else onInterrupt(count);
  });
  if (release === null) return () => undefined;
  const watch = { mode, release };
  watching = watch;
  return () => {
    release();
    if (watching === watch) watching = null;
  };
}

/** Has Ctrl-C raise KeyboardInterrupt out of the run of `loop`, as Python does wherever nobody handles it. */
export const interruptRun = (loop: EventLoop): (() => void) =>
  handleInterrupts("plain", () => {
    loop.interrupt(keyboardInterrupt(loop));
  });

/** Leaves Ctrl-C to somebody else for the rest of the run. */
export function standAside(): void {
  watching?.release();
}

/** What Ctrl-C raises. If nobody catches it, it ends the process as Ctrl-C would have. */
export function keyboardInterrupt(loop: EventLoop, options?: ErrorOptions): KeyboardInterrupt {
  endWhenUncaught(loop.rules);
  return new KeyboardInterrupt(undefined, options);
}

let watching: { readonly mode: "graceful" | "plain"; readonly release: () => void } | null = null;

/** Without its native part `watchInterrupts` is a listener, too. */
const ownListeners = preemptive ? 0 : 1;
