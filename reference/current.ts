import type { EventLoop } from "./loop/event-loop";
import type { Task } from "./tasks/task";

/**
 * What is running in this thread. Every worker thread loads its own copy of this module, so each of them may have a
 * loop running. running-loop.other-thread-allowed, current-loop.only-own-thread
 */
export const thread: {
  /** The loop between the start and the end of a run, also while Node is doing something else. */
  runningLoop: EventLoop | null;
  /** The task whose step is being executed. */
  task: Task<unknown> | null;
  /** What `setEventLoop` was called with last: the current loop, as asyncio's policy knows it. */
  currentLoop: EventLoop | null;
  /** Whether `setEventLoop` was ever called. */
  currentLoopWasSet: boolean;
  /** Whether a runner is closing: its loop runs several times, with moments in between. */
  shuttingDown: boolean;
} = {
  runningLoop: null,
  task: null,
  currentLoop: null,
  currentLoopWasSet: false,
  shuttingDown: false,
};
