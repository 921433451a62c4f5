/**
 * SIGINT for one run of the event loop.
 *
 * The first SIGINT is a message: `onInterrupt(1)`, between two pieces of user code. The second one ends user
 * code: after
 * the step, or, where the native part is loaded, in the middle of it.
 *
 *     const release = watchInterrupts(onInterrupt);     // run() begins
 *     // in each callback that Node calls:
 *     const asyncId = executionAsyncId();
 *     const killed = runTurn(() => { for (const step of ready) if (runUserCode(step)) break; });
 *     // ... mend what the killed step left half done, arm timers ...
 *     repairAsyncIds(asyncId);
 *     // run() ends
 *     release?.();
 *
 * A kill runs no `catch` and no `finally`: a killed generator stays "already running" for ever, and whoever
 * calls user
 * code in the middle of an update must be able to do without the rest of it. Scripts in this folder and Node's
 * own are
 * never killed themselves, only abandoned by user code that they called.
 */
import { executionAsyncId } from "node:async_hooks";
import { sep } from "node:path";
import { isMainThread } from "node:worker_threads";

import { ARRIVED, KILLED, loadAddon, MODE, NOTICED, USER_CODE, type Addon } from "./native/addon";

type OnInterrupt = (count: number) => void;

const { addon, missing } = loadAddon();
const words = addon === null ? new Int32Array(3) : addon.words;
addon?.protect(__dirname + sep);

/** Whether the native part is loaded: whether code that never yields can be stopped by a second SIGINT. */
export const preemptive = addon !== null;

let watcher: OnInterrupt | null = null;
/** True while the addon watches for us: only then is anything guarded. */
let guarded = false;
/** The last count that the watcher was told. */
let told = 0;

/**
 * Takes SIGINT over, as CPython does: in the main thread, if nobody else handles it. Returns what gives it back, or
 * null if SIGINT was left alone. The count starts afresh each time. Until it is given back, the process stays alive.
 *
 * `onInterrupt` gets the number of SIGINTs so far; it may skip numbers. It is called by `runUserCode` when a
 * SIGINT came
 * during the step that has just returned, otherwise from Node's event loop; after a kill, `runTurn` returns first.
 * Listeners that are added to `process.on("SIGINT")` meanwhile are called as well.
 */
export function watchInterrupts(onInterrupt: OnInterrupt): (() => void) | null {
  if (watcher !== null || !isMainThread || process.listenerCount("SIGINT") > 0) return null;
  const giveBack = addon === null ? listen() : watchNatively(addon);
  if (giveBack === null) return null;
  watcher = onInterrupt;
  told = 0;
  return () => {
    if (watcher !== onInterrupt) return;
    watcher = null;
    giveBack();
  };
}

/** Whether SIGINT is ours at the moment. */
export function isInterruptHandlerInstalled(): boolean {
  return watcher !== null;
}

/** Runs one iteration of the event loop. True: user code was killed in the middle of it, by the second SIGINT. */
export function runTurn(turn: () => void): boolean {
  if (guarded && addon !== null) return addon.runTurn(turn);
  turn();
  return false;
}

/**
 * Runs one step or callback of user code, which must not throw; only inside `runTurn`. True: stop, the second SIGINT
 * has come, and the step got to its end before it could be killed. (It is run even if that SIGINT came just
 * before it:
 * the caller has taken it from its queue already, and a step that is killed is at least accounted for.)
 */
export function runUserCode(step: () => void): boolean {
  if (!guarded) {
    step();
    return false;
  }
  const outerMode = word(MODE);
  words[MODE] = USER_CODE;
  step();
  if (word(MODE) === KILLED) awaitTheKill();
  words[MODE] = outerMode;
  return word(ARRIVED) !== word(NOTICED) && noticeArrivals();
}

/**
 * To be the very last call of a callback that Node called, with `executionAsyncId()` as it was on entry.
 *
 * A kill inside `AsyncResource.runInAsyncScope()` leaves an id on Node's stack of async ids, and Node ends the
 * process
 * over that when the callback returns. Nothing public clears the stack, except an uncaught exception.
 */
export function repairAsyncIds(asyncIdAtEntry: number): void {
  if (executionAsyncId() === asyncIdAtEntry) return;
  // Where the program has such a callback itself we cannot replace it, only speak to it.
  if (!process.hasUncaughtExceptionCaptureCallback()) {
    try {
      process.setUncaughtExceptionCaptureCallback(() => {
        process.setUncaughtExceptionCaptureCallback(null);
      });
    } catch {
      // Node refuses where the module `domain` is loaded; a listener clears the stack as well.
      process.once("uncaughtException", () => undefined);
    }
  }
  throw new Error("code that was interrupted left async ids behind; this error clears them");
}

// A plain read: Atomics.load() is a call, 8 ns, and the calls between our reads keep V8 from remembering what it read.
function word(index: number): number {
  return words[index] ?? 0;
}

// The step returned between the decision to kill and V8's next look at it: let it land here, where nothing is half done.
function awaitTheKill(): never {
  for (;;);
}

function noticeArrivals(): boolean {
  const count = word(ARRIVED);
  if (count < 0) return false; // the step gave SIGINT back
  words[NOTICED] = count;
  tell(count);
  return count >= 2;
}

function tell(count: number): void {
  if (count <= told) return;
  told = count;
  watcher?.(count);
}

// --- With the native part ---

function watchNatively(native: Addon): (() => void) | null {
  followListeners(native);
  if (!native.watch(onWake)) return null;
  guarded = true;
  return () => {
    guarded = false;
    native.release();
  };
}

function onWake(): void {
  const count = word(ARRIVED);
  words[NOTICED] = count;
  tell(count);
}

let followingListeners = false;

// Node listens to these two events itself, in order to handle SIGINT while anybody wants it; we come after Node. Ours
// stay for good: adding them for each run would cost as much as the rest of watching.
function followListeners(native: Addon): void {
  if (followingListeners) return;
  followingListeners = true;
  process.on("newListener", (event) => {
    if (event === "SIGINT" && guarded) native.listenersChanged(true);
  });
  process.on("removeListener", (event) => {
    if (event === "SIGINT" && guarded) {
      native.listenersChanged(process.listenerCount("SIGINT") > 0);
    }
  });
}

// --- Without it ---

let warned = false;

function listen(): () => void {
  warnOnce();
  let count = 0;
  const listener = (): void => {
    tell(++count);
  };
  process.on("SIGINT", listener);
  const alive = setInterval(() => undefined, 2 ** 30); // a listener for a signal keeps nothing alive
  return () => {
    process.off("SIGINT", listener);
    clearInterval(alive);
  };
}

function warnOnce(): void {
  if (warned) return;
  warned = true;
  process.emitWarning(
    `the native part is not available (${missing ?? ""}): Ctrl+C can cancel the main task, but it cannot stop ` +
      "a coroutine that never awaits; use Ctrl+\\ (SIGQUIT) for that",
    "AsyncioWarning",
  );
}
