import type { EventLoop } from "../../reference/loop/event-loop";
import * as interrupts from "../../reference/loop/interrupts";
import { Runner } from "../../reference/runner";
import type { Task } from "../../reference/tasks/task";
import { patch } from "./patch";

/** The main task of the last run, while anybody else knows it. */
export function watchMain(): () => Task<unknown> | undefined {
  let main: WeakRef<Task<unknown>> | undefined;
  patch(
    Runner.prototype,
    "drive",
    (drive) =>
      function (loop, task) {
        main = new WeakRef(task as Task<unknown>);
        return drive.call(this, loop, task) as unknown;
      },
  );
  return () => main?.deref();
}

/** Makes the shutdown forget a task. */
export function drop(task: Task<unknown> | undefined): void {
  if (task?.done() === false) task.loop.pendingTasks.delete(task);
}

/** Has SIGINT do nothing while a loop runs on its own account and `isDeaf` says so. */
export function deaf(isDeaf: (loop: EventLoop) => boolean): void {
  patch(interrupts, "interruptRun", (interruptRun) => (loop: EventLoop) => {
    if (!isDeaf(loop)) return interruptRun(loop) as unknown;
    const listener = () => undefined;
    process.on("SIGINT", listener);
    return () => process.off("SIGINT", listener);
  });
}
