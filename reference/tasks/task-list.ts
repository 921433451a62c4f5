import type { Task } from "./task";

/** The tasks of a loop that are not done, oldest first. Linked through the tasks themselves, so joining is cheap. */
export class TaskList {
  private first: Task<unknown> | null = null;
  private last: Task<unknown> | null = null;

  add(task: Task<unknown>): void {
    task.previousTask = this.last;
    if (this.last === null) this.first = task;
    else this.last.nextTask = task;
    this.last = task;
  }

  delete(task: Task<unknown>): void {
    const { previousTask: previous, nextTask: next } = task;
    if (previous === null) this.first = next;
    else previous.nextTask = next;
    if (next === null) this.last = previous;
    else next.previousTask = previous;
    task.previousTask = task.nextTask = null;
  }

  isEmpty(): boolean {
    return this.first === null;
  }

  toArray(): Task<unknown>[] {
    const tasks: Task<unknown>[] = [];
    for (let task = this.first; task !== null; task = task.nextTask) tasks.push(task);
    return tasks;
  }
}
