import { RuntimeError, TimeoutError } from "../errors";
import { ThreadPoolExecutor, type Executor, type Job } from "../executor/executor";
import { fromPromise } from "../tasks/awaitable";
import type { Future } from "../tasks/future";
import { timeoutAfter } from "../tasks/timeout";
import type { EventLoop } from "./event-loop";

/** The executor a loop makes for itself when it first needs one. */
export class DefaultExecutor {
  private readonly loop: EventLoop;
  private executor: Executor | null = null;
  private shutdownCalled = false;

  constructor(loop: EventLoop) {
    this.loop = loop;
  }

  submit(executor: Executor | null, job: Job, args: readonly unknown[]): Future<unknown> {
    return fromPromise((executor ?? this.get()).submit(job, ...args), this.loop);
  }

  replace(executor: Executor): void {
    const { submit, shutdown } = executor as Partial<Executor>;
    if (typeof submit !== "function" || typeof shutdown !== "function") {
      throw new TypeError("an executor has submit() and shutdown()");
    }
    this.executor = executor;
  }

  *shutdown(timeout: number | null) {
    this.shutdownCalled = true;
    const { executor } = this;
    if (executor === null) return;
    const done = fromPromise(executor.shutdown({ wait: true }), this.loop);
    try {
      yield* timeoutAfter(timeout, function* () {
        yield* done;
      });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      const message = `the executor did not finish joining its threads within ${timeout ?? 0} seconds`;
      process.emitWarning(message, "RuntimeWarning"); // executor.limit-passed
      void executor.shutdown({ wait: false });
    }
  }

  /** Whether there is none, neither made nor given. */
  isMissing(): boolean {
    return this.executor === null;
  }

  close(): void {
    this.shutdownCalled = true;
    const { executor } = this;
    this.executor = null;
    void executor?.shutdown({ wait: false });
  }

  private get(): Executor {
    if (this.shutdownCalled) throw new RuntimeError("the default executor has been shut down");
    this.executor ??= new ThreadPoolExecutor();
    return this.executor;
  }
}
