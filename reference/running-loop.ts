import { thread } from "./current";
import { RuntimeError } from "./errors";
import type { EventLoop } from "./loop/event-loop";
import type { Task, TaskOptions } from "./tasks/task";
import type { Coroutine } from "./coroutine";

/** The loop that is running in this thread, from the start of a run to its end. `RuntimeError` if there is none. */
export function getRunningLoop(): EventLoop {
  if (thread.runningLoop === null) throw new RuntimeError("no running event loop");
  return thread.runningLoop;
}

/** The task whose step is being executed, in `loop` if one is given; null outside of tasks. */
export function currentTask(loop: EventLoop = getRunningLoop()): Task<unknown> | null {
  return thread.task?.loop === loop ? thread.task : null;
}

/** The tasks of `loop`, the running one by default, that are not done. */
export function allTasks(loop: EventLoop = getRunningLoop()): Set<Task<unknown>> {
  return new Set(loop.pendingTasks.toArray());
}

/** A task of the running loop that drives `coroutine`, from the next turn on. */
export function createTask<Result>(
  coroutine: Coroutine<Result>,
  options: TaskOptions = {},
): Task<Result> {
  return getRunningLoop().createTask(coroutine, options);
}

/** A signal that is aborted when the current task is cancelled. `RuntimeError` outside of tasks. */
export function currentSignal(): AbortSignal {
  const task = currentTask();
  if (task === null) throw new RuntimeError("no task is running");
  return task.signal();
}
