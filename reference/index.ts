import { newestEdition } from "../spec/editions";
import { runners } from "./runners";

export { asyncGenerator, AsyncGenerator, emit, forEach, type Emitting } from "./async-generator";
export { Context, ContextVar, copyContext, Token } from "./context";
export {
  coroutine,
  coroutineState,
  isCoroutine,
  type Coroutine,
  type CoroutineState,
} from "./coroutine";
export { isDebugMode, setDebugMode } from "./debug-mode";
export {
  BaseException,
  CancelledError,
  Exception,
  ExceptionGroup,
  GeneratorExit,
  InvalidStateError,
  isCancelled,
  isException,
  KeyboardInterrupt,
  LookupError,
  RuntimeError,
  SystemExit,
  TimeoutError,
  ValueError,
} from "./errors";
export { ThreadPoolExecutor, type Executor, type Job, type ModuleJob } from "./executor/executor";
export { preemptive } from "./interrupt";
export { logger } from "./logger";
export type { LoopFactory } from "./loop-factory";
export { EventLoop, type TaskFactory } from "./loop/event-loop";
export type { ExceptionContext, ExceptionHandler } from "./loop/exception-handling";
export { Handle, TimerHandle } from "./loop/handle";
export { interruptHandling } from "./loop/interrupts";
export type { Run } from "./run";
export { Runner, type RunnerOptions, type RunOptions } from "./runner";
export { runners, type Runners } from "./runners";
export { allTasks, createTask, currentSignal, currentTask, getRunningLoop } from "./running-loop";
export { awaitPromise, ensureFuture, isAwaitable, type Awaitable } from "./tasks/awaitable";
export { Event } from "./tasks/event";
export { Future } from "./tasks/future";
export { gather } from "./tasks/gather";
export { shield } from "./tasks/shield";
export { sleep } from "./tasks/sleep";
export { TaskGroup } from "./tasks/task-group";
export { Task, type TaskOptions } from "./tasks/task";
export { timeout, timeoutAt, waitFor, type Timeout } from "./tasks/timeout";

/** The newest edition. */
const newest = runners(newestEdition);
export const { run, getEventLoop, setEventLoop, newEventLoop } = newest;
export default newest;
