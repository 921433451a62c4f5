import type { Coroutine } from "../coroutine";
import { thread } from "../current";
import { isFatal, RuntimeError } from "../errors";
import type { Executor, Job, ModuleJob } from "../executor/executor";
import { ensureFuture, type Awaitable } from "../tasks/awaitable";
import { Future } from "../tasks/future";
import { Task, type TaskOptions } from "../tasks/task";
import { TaskList } from "../tasks/task-list";
import { endWhenUncaught } from "../uncaught";
import { AsyncGenerators } from "./async-generators";
import { CallbackLoop, callable } from "./callback-loop";
import { DefaultExecutor } from "./default-executor";
import {
  logException,
  report,
  type ExceptionContext,
  type ExceptionHandler,
} from "./exception-handling";
import type { Handle } from "./handle";
import { interruptRun, standAside } from "./interrupts";
import { SignalHandlers } from "./signal-handlers";

/** Makes the task for `createTask`. `options.context` is there if somebody asked for one. */
export type TaskFactory = (
  loop: EventLoop,
  coroutine: Coroutine<unknown>,
  options: TaskOptions,
) => Task<unknown>;

/** asyncio's event loop on top of Node's: while it runs, Node's own I/O, timers and promises go on working. */
export class EventLoop extends CallbackLoop {
  /** @internal */
  readonly pendingTasks = new TaskList();
  /** The async generators that may need an end. @internal */
  readonly asyncGenerators = new AsyncGenerators(this);
  private readonly defaultExecutor = new DefaultExecutor(this);
  private signalHandlers: SignalHandlers | null = null;
  private taskFactory: TaskFactory | null = null;
  private exceptionHandler: ExceptionHandler | null = null;
  private releaseInterrupts: (() => void) | null = null;

  /** Runs until `stop()`. Throws `RuntimeError` if it is closed or a loop is running in this thread. */
  runForever(): Promise<void> {
    this.checkClosed();
    this.checkRunning();
    thread.runningLoop = this; // loop-lifecycle.running-inside
    return this.turnUntilStopped();
  }

  /** Told between turns. A run that takes longer than a moment is worth the price of handling Ctrl-C. @internal */
  override onPause(): void {
    this.releaseInterrupts ??= interruptRun(this);
  }

  /** Runs until `awaitable` is done, and resolves to its result. Throws like `runForever`. */
  runUntilComplete<Result>(awaitable: Awaitable<Result>): Promise<Result> {
    this.checkClosed();
    this.checkRunning();
    return this.complete(ensureFuture(awaitable, this));
  }

  /** Drops what is scheduled and shuts the default executor down without waiting. Closing twice is harmless. */
  close(): void {
    if (this.isRunning()) throw new RuntimeError("cannot close a running event loop");
    if (this.closed) return;
    this.closed = true;
    this.driver.clear(); // loop-lifecycle.timers-discarded
    this.signalHandlers?.clear();
    this.defaultExecutor.close();
  }

  createFuture<Result>(): Future<Result> {
    return new Future<Result>(this);
  }

  /** A task that drives `coroutine`, from the next turn on. `TypeError` if it is not a coroutine. */
  createTask<Result>(coroutine: Coroutine<Result>, options: TaskOptions = {}): Task<Result> {
    this.checkClosed();
    if (this.taskFactory === null) return new Task(this, coroutine, options);
    return this.taskFactory(this, coroutine, options) as Task<Result>; // loop-factory.its-task-factory-makes-main
  }

  getTaskFactory(): TaskFactory | null {
    return this.taskFactory;
  }

  /** Makes tasks with `factory` from now on; null for the ordinary way. */
  setTaskFactory(factory: TaskFactory | null): void {
    if (factory !== null) callable(factory);
    this.taskFactory = factory;
  }

  getExceptionHandler(): ExceptionHandler | null {
    return this.exceptionHandler;
  }

  /** Has `handler` told what went wrong where nobody could catch it; null has it logged. */
  setExceptionHandler(handler: ExceptionHandler | null): void {
    if (handler !== null) callable(handler);
    this.exceptionHandler = handler;
  }

  callExceptionHandler(context: ExceptionContext): void {
    report(this, this.exceptionHandler, context);
  }

  /** Logs `context`; a handler may call it for what it does not want to deal with. */
  defaultExceptionHandler(context: ExceptionContext): void {
    logException(context);
  }

  /** Closes every async generator that was begun and is not exhausted. Errors go to the exception handler. */
  *shutdownAsyncgens(): Coroutine<void> {
    yield* this.asyncGenerators.shutdown();
  }

  /** Waits for the jobs of the default executor; after `timeout` seconds, if given, it warns and gives up. */
  *shutdownDefaultExecutor(timeout: number | null = null): Coroutine<void> {
    yield* this.defaultExecutor.shutdown(timeout);
  }

  /** Gives `job` to `executor`, or to the default one if that is null. The future has what it returns. */
  runInExecutor<Args extends unknown[], Result>(
    executor: Executor | null,
    job: (...args: Args) => Result,
    ...args: Args
  ): Future<Awaited<Result>>;
  runInExecutor(executor: Executor | null, job: ModuleJob, ...args: unknown[]): Future<unknown>;
  runInExecutor(executor: Executor | null, job: Job, ...args: unknown[]): Future<unknown> {
    this.checkClosed();
    return this.defaultExecutor.submit(executor, job, args);
  }

  setDefaultExecutor(executor: Executor): void {
    this.defaultExecutor.replace(executor);
  }

  /** Calls `callback` in the loop when the process gets `signal`. */
  addSignalHandler(signal: NodeJS.Signals, callback: () => unknown): void {
    this.checkClosed();
    if (signal === "SIGINT") standAside(); // interrupt-handler.loop-handler-takes-over
    this.signalHandlers ??= new SignalHandlers(this);
    this.signalHandlers.add(signal, callable(callback));
  }

  /** False if there was no handler. */
  removeSignalHandler(signal: NodeJS.Signals): boolean {
    return this.signalHandlers?.remove(signal) ?? false;
  }

  /** Whether shutting it down would change nothing and nobody could tell: no methods but ours are called. @internal */
  hasNothingToShutDown(): boolean {
    return (
      !this.closed && // close.closed-loop-is-reported-once
      this.asyncGenerators.isEmpty() &&
      this.defaultExecutor.isMissing() &&
      this.pendingTasks.isEmpty() &&
      this.hasNothingScheduled() &&
      this.taskFactory === null &&
      shutdownMethods.every((name) => this[name] === EventLoop.prototype[name])
    );
  }

  /** @internal */
  override handleCallbackError(exception: unknown, handle: Handle): void {
    if (isFatal(exception)) throw exception; // interrupt.raised-by-callback-escapes
    const message = `Exception in ${handle.toString()}`;
    this.callExceptionHandler({ message, exception, handle });
  }

  private turnUntilStopped(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.driver.start((failure) => {
        this.releaseInterrupts?.();
        this.releaseInterrupts = null;
        thread.runningLoop = null;
        if (failure === null) {
          resolve();
          return;
        }
        if (isFatal(failure.exception)) endWhenUncaught(this.rules);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever was thrown
        reject(failure.exception);
      });
    });
  }

  private async complete<Result>(future: Future<Result>): Promise<Result> {
    // Called later than this run, when the run ended for another reason, it must not end the next one.
    let isOurRun = true;
    const stop = (): void => {
      if (isOurRun) this.stop();
    };
    future.addDoneCallback(stop);
    try {
      await this.runForever();
    } catch (error) {
      if (future.done() && !future.cancelled()) future.exception();
      throw error;
    } finally {
      isOurRun = false;
      future.removeDoneCallback(stop);
    }
    if (!future.done()) throw new RuntimeError("the event loop stopped before the future was done");
    return future.result();
  }

  private checkRunning(): void {
    if (this.isRunning()) throw new RuntimeError("this event loop is already running");
    if (thread.runningLoop !== null) {
      throw new RuntimeError("cannot run the event loop while another loop is running");
    }
  }
}

/** What a run of the shutdown calls. */
const shutdownMethods = [
  "shutdownAsyncgens",
  "shutdownDefaultExecutor",
  "runUntilComplete",
  "runForever",
  "createTask",
  "callSoon",
  "stop",
] as const;
