import { expect } from "chai";

import type { OpName } from "../protocol/ops";
import { Remote, type RemoteException } from "./remote";

/** What an operation is asked with, in the terms of a test. */
export interface Request {
  readonly on?: unknown;
  readonly args?: readonly unknown[];
  /** By our camelCase names; an undefined one is not passed. */
  readonly kwargs?: Readonly<Record<string, unknown>>;
}

/** Asks for an operation and gives its result; rejects with RemoteException, Unsupported or AdapterError. */
export type Ask = (op: OpName, request?: Request) => Promise<unknown>;

/** Something of asyncio's with methods. */
class RemoteActor extends Remote {
  readonly #ask: Ask;

  constructor(ref: number, kind: string, ask: Ask) {
    super(ref, kind);
    this.#ask = ask;
  }

  /** Calls one of its methods. */
  protected do(op: OpName, args: readonly unknown[] = [], kwargs: Record<string, unknown> = {}) {
    return this.#ask(op, { on: this, args, kwargs });
  }
}

/** `asyncio.Runner`, or what the subject has in its place. */
export class RemoteRunner extends RemoteActor {
  run(main: unknown, options: { context?: unknown } = {}): Promise<unknown> {
    return this.do("runner.run", [main], options);
  }
  async getLoop(): Promise<RemoteLoop> {
    const loop = await this.do("runner.get_loop");
    expect(loop, "what get_loop() returned").to.be.instanceOf(RemoteLoop);
    return loop as RemoteLoop;
  }
  close(): Promise<unknown> {
    return this.do("runner.close");
  }
  /** The native `with` statement around a call of `body` with what entering gave. */
  with(body: unknown): Promise<unknown> {
    return this.do("runner.with", [body]);
  }
}

export class RemoteLoop extends RemoteActor {
  isRunning(): Promise<boolean> {
    return this.do("loop.is_running") as Promise<boolean>;
  }
  isClosed(): Promise<boolean> {
    return this.do("loop.is_closed") as Promise<boolean>;
  }
  getDebug(): Promise<boolean> {
    return this.do("loop.get_debug").then(Boolean);
  }
  setDebug(enabled: boolean): Promise<unknown> {
    return this.do("loop.set_debug", [enabled]);
  }
  close(): Promise<unknown> {
    return this.do("loop.close");
  }
  stop(): Promise<unknown> {
    return this.do("loop.stop");
  }
  createTask(coroutine: unknown, options: { name?: string; context?: unknown } = {}) {
    return this.do("loop.create_task", [coroutine], options) as Promise<RemoteFuture>;
  }
  createFuture(): Promise<RemoteFuture> {
    return this.do("loop.create_future") as Promise<RemoteFuture>;
  }
  callSoon(callable: unknown, ...args: unknown[]): Promise<unknown> {
    return this.do("loop.call_soon", [callable, ...args]);
  }
  callLater(seconds: number, callable: unknown, ...args: unknown[]): Promise<unknown> {
    return this.do("loop.call_later", [seconds, callable, ...args]);
  }
  callSoonThreadsafe(callable: unknown, ...args: unknown[]): Promise<unknown> {
    return this.do("loop.call_soon_threadsafe", [callable, ...args]);
  }
  runUntilComplete(awaitable: unknown): Promise<unknown> {
    return this.do("loop.run_until_complete", [awaitable]);
  }
  setExceptionHandler(handler: unknown): Promise<unknown> {
    return this.do("loop.set_exception_handler", [handler]);
  }
  setTaskFactory(factory: unknown): Promise<unknown> {
    return this.do("loop.set_task_factory", [factory]);
  }
  /** Hands a job to an executor; without one, to the default executor. */
  runInExecutor(job: unknown, executor: RemoteExecutor | null = null): Promise<RemoteFuture> {
    return this.do("loop.run_in_executor", [executor, job]) as Promise<RemoteFuture>;
  }
  setDefaultExecutor(executor: RemoteExecutor): Promise<unknown> {
    return this.do("loop.set_default_executor", [executor]);
  }
  addSignalHandler(callable: unknown): Promise<unknown> {
    return this.do("loop.add_signal_handler", ["SIGINT", callable]);
  }
  /** What a recording loop was asked, in order. Only for loops made by `recordingLoop`. */
  calls(): Promise<readonly RecordedCall[]> {
    return this.do("recording.calls") as Promise<readonly RecordedCall[]>;
  }
}

/** One call of a recording loop's public methods. */
export interface RecordedCall {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** A future or a task. */
export class RemoteFuture extends RemoteActor {
  done(): Promise<boolean> {
    return this.do("future.done") as Promise<boolean>;
  }
  cancelled(): Promise<boolean> {
    return this.do("future.cancelled") as Promise<boolean>;
  }
  result(): Promise<unknown> {
    return this.do("future.result");
  }
  exception(): Promise<RemoteException | null> {
    return this.do("future.exception") as Promise<RemoteException | null>;
  }
  setResult(value: unknown): Promise<unknown> {
    return this.do("future.set_result", [value]);
  }
  setException(exception: RemoteException): Promise<unknown> {
    return this.do("future.set_exception", [exception]);
  }
  addDoneCallback(callable: unknown): Promise<unknown> {
    return this.do("future.add_done_callback", [callable]);
  }
  /** `cancel()`, of a task with an optional message. */
  cancel(...args: unknown[]): Promise<unknown> {
    return this.do(this.kind === "task" ? "task.cancel" : "future.cancel", args);
  }
  cancelling(): Promise<number> {
    return this.do("task.cancelling") as Promise<number>;
  }
  uncancel(): Promise<number> {
    return this.do("task.uncancel") as Promise<number>;
  }
  /** The coroutine a task runs; a puppet comes back as the puppet it is. */
  getCoro(): Promise<unknown> {
    return this.do("task.get_coro");
  }
}

export class RemoteContext extends RemoteActor {
  get(variable: RemoteVar, fallback: unknown = null): Promise<unknown> {
    return this.do("context.get", [variable, fallback]);
  }
  run(callable: unknown, ...args: unknown[]): Promise<unknown> {
    return this.do("context.run", [callable, ...args]);
  }
}

export class RemoteVar extends RemoteActor {
  get(fallback: unknown = null): Promise<unknown> {
    return this.do("var.get", [fallback]);
  }
  set(value: unknown): Promise<unknown> {
    return this.do("var.set", [value]);
  }
}

/** A native asynchronous generator. */
export class RemoteGenerator extends RemoteActor {
  /** An awaitable for its next value. */
  anext(): Promise<unknown> {
    return this.do("generator.anext");
  }
  aclose(): Promise<unknown> {
    return this.do("generator.aclose");
  }
}

/** A callable that notes how it was called and never asks the harness. */
export class RemoteRecorder extends RemoteActor {
  calls(): Promise<readonly (readonly unknown[])[]> {
    return this.do("recorder.calls") as Promise<readonly (readonly unknown[])[]>;
  }
}

/** Knows an object without keeping it alive. */
export class RemoteWeakref extends RemoteActor {
  /** Whether it is still there after everything that can go has gone. */
  alive(): Promise<boolean> {
    return this.do("weakref.alive") as Promise<boolean>;
  }
}

/** A function for an executor. */
export class RemoteJob extends RemoteActor {
  state(): Promise<"new" | "running" | "finished"> {
    return this.do("job.state") as Promise<"new" | "running" | "finished">;
  }
}

/** An executor of the user's own. */
export class RemoteExecutor extends RemoteActor {
  /** Hands over a job; raises where the executor has been shut down. */
  submit(job: RemoteJob): Promise<unknown> {
    return this.do("executor.submit", [job]);
  }
}

/** The wrapper for an object of that kind. */
export function remoteOf(ref: number, kind: string, ask: Ask): Remote {
  const wrapper = wrappers[kind];
  return wrapper === undefined ? new Remote(ref, kind) : new wrapper(ref, kind, ask);
}

const wrappers: Readonly<Record<string, new (ref: number, kind: string, ask: Ask) => Remote>> = {
  runner: RemoteRunner,
  loop: RemoteLoop,
  task: RemoteFuture,
  future: RemoteFuture,
  context: RemoteContext,
  var: RemoteVar,
  generator: RemoteGenerator,
  recorder: RemoteRecorder,
  job: RemoteJob,
  executor: RemoteExecutor,
  weakref: RemoteWeakref,
};
