import type { Coroutine } from "../coroutine";
import { ExceptionGroup, isCancelled, isFatal, RuntimeError } from "../errors";
import type { EventLoop } from "../loop/event-loop";
import { currentTask, getRunningLoop } from "../running-loop";
import type { Future } from "./future";
import type { Task, TaskOptions } from "./task";

/**
 * Tasks that live no longer than a block. When one fails, the others are cancelled, and the failures are raised
 * together as an `ExceptionGroup`.
 *
 *     const both = yield* new TaskGroup().use(function* (group) {
 *       const left = group.createTask(fetchLeft());
 *       const right = group.createTask(fetchRight());
 *       return [left, right];
 *     });
 */
export class TaskGroup {
  private phase: "created" | "entered" | "exiting" = "created";
  private loop: EventLoop | null = null;
  private parent: Task<unknown> | null = null;
  private readonly tasks = new Set<Future<unknown>>();
  private errors: unknown[] = [];
  private fatal: { readonly error: unknown } | null = null;
  private aborting = false;
  private cancelledParent = false;
  private allDone: Future<undefined> | null = null;

  /** A task of the group. `RuntimeError` before the block, and when the group is shutting down or finished. */
  createTask<Result>(coroutine: Coroutine<Result>, options: TaskOptions = {}): Task<Result> {
    const refusal = this.refusal();
    if (refusal !== null || this.loop === null) {
      coroutine.return(undefined as Result);
      throw new RuntimeError(`the task group ${refusal ?? "has no loop"}`);
    }
    const task = this.loop.createTask(coroutine, options);
    this.tasks.add(task);
    task.addDoneCallback(this.onTaskDone);
    return task;
  }

  /** Runs `body` and returns what it returns, after every task has ended. */
  *use<Result>(body: (group: TaskGroup) => Coroutine<Result>): Coroutine<Result> {
    this.enter();
    let outcome: { readonly result: Result } | { readonly error: unknown };
    try {
      outcome = { result: yield* body(this) };
    } catch (error) {
      outcome = { error };
    }
    yield* this.exit("error" in outcome ? outcome : null);
    if ("error" in outcome) throw outcome.error;
    return outcome.result;
  }

  private enter(): void {
    if (this.phase !== "created") throw new RuntimeError("the task group has already been entered");
    this.loop = getRunningLoop();
    this.parent = currentTask(this.loop);
    if (this.parent === null) throw new RuntimeError("a task group is used inside a task");
    this.phase = "entered";
  }

  /** Raises what has to be raised instead of `failure`, the outcome of the body. */
  private *exit(failure: { readonly error: unknown } | null): Coroutine<void> {
    this.phase = "exiting";
    let cancellation = failure !== null && isCancelled(failure.error) ? failure : null;
    if (failure !== null && isFatal(failure.error)) this.fatal ??= failure;
    if (failure !== null && !this.aborting) this.abort();
    cancellation = (yield* this.waitForTasks()) ?? cancellation;
    if (this.fatal !== null) throw this.fatal.error;
    const uncancelled = this.cancelledParent && this.parent?.uncancel() === 0;
    if (cancellation !== null && !uncancelled && this.errors.length === 0) throw cancellation.error;
    if (failure !== null && !isCancelled(failure.error)) this.errors.push(failure.error);
    if (this.errors.length > 0) throw this.group();
  }

  /** Returns the cancellation of the parent that came meanwhile, if one did. */
  private *waitForTasks(): Coroutine<{ readonly error: unknown } | null> {
    let cancellation: { readonly error: unknown } | null = null;
    while (this.tasks.size > 0) {
      this.allDone ??= getRunningLoop().createFuture<undefined>();
      try {
        yield* this.allDone;
      } catch (error) {
        if (!isCancelled(error)) throw error;
        if (!this.aborting) {
          cancellation = { error };
          this.abort();
        }
      }
      this.allDone = null;
    }
    return cancellation;
  }

  private group(): ExceptionGroup {
    if (this.parent !== null && this.parent.cancelling() > 0) {
      this.parent.uncancel();
      this.parent.cancel(); // the caller still gets to know at its next await
    }
    return new ExceptionGroup("unhandled errors in a TaskGroup", this.errors);
  }

  private abort(): void {
    this.aborting = true;
    for (const task of this.tasks) task.cancel();
  }

  private readonly onTaskDone = (task: Future<unknown>): void => {
    this.tasks.delete(task);
    if (this.tasks.size === 0 && this.allDone?.done() === false) this.allDone.setResult(undefined);
    if (task.cancelled()) return;
    const error = task.exception();
    if (error === null) return;
    this.errors.push(error);
    if (isFatal(error)) this.fatal ??= { error };
    if (this.aborting || this.cancelledParent) return;
    this.abort();
    this.cancelledParent = true;
    this.parent?.cancel();
  };

  private refusal(): string | null {
    if (this.phase === "created") return "has not been entered";
    if (this.phase === "exiting" && this.tasks.size === 0) return "is finished";
    return this.aborting ? "is shutting down" : null;
  }
}
