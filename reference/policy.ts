import { isMainThread } from "node:worker_threads";
import { thread } from "./current";
import { describe } from "./describe";
import type { Rules } from "./editions";
import { RuntimeError } from "./errors";
import { EventLoop } from "./loop/event-loop";

/** The current loop of this thread, and how new ones are made. */
export interface Policy {
  /**
   * The running loop; while none is running the current one. Before 3.14 the main thread is given one if it never had
   * any. `RuntimeError` if there is none.
   */
  readonly getEventLoop: () => EventLoop;
  /** Makes `loop` the current one of this thread; null for none. */
  readonly setEventLoop: (loop: EventLoop | null) => void;
  readonly newEventLoop: () => EventLoop;
}

/** The policy of an edition, whose loops are of class `Loop`. */
export function policyOf(rules: Rules, Loop: new () => EventLoop): Policy {
  const newEventLoop = (): EventLoop => new Loop();
  return {
    newEventLoop,
    setEventLoop,
    getEventLoop() {
      if (thread.runningLoop !== null) return thread.runningLoop; // current-loop.asked-for-inside
      if (rules.makesCurrentLoop && !thread.currentLoopWasSet && isMainThread) {
        setEventLoop(newEventLoop());
      }
      if (thread.currentLoop !== null) return thread.currentLoop;
      throw new RuntimeError("there is no current event loop in this thread"); // current-loop.none-after
    },
  };
}

function setEventLoop(loop: EventLoop | null): void {
  if (loop !== null && !(loop instanceof EventLoop)) {
    throw new TypeError(`expected an event loop or null, got ${describe(loop)}`);
  }
  thread.currentLoop = loop;
  thread.currentLoopWasSet = true;
}
