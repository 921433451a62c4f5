import { isEdition, isSince, newestEdition, type Edition } from "../spec/editions";
import { asyncGenerator, AsyncGenerator, emit } from "./async-generator";
import { Context, ContextVar, copyContext } from "./context";
import { coroutine, coroutineState, isCoroutine, type Coroutine } from "./coroutine";
import { thread } from "./current";
import * as errors from "./errors";
import { ThreadPoolExecutor, type Executor } from "./executor/executor";
import { interruptHandling } from "./loop/interrupts";
import { EventLoop } from "./loop/event-loop";
import type { Policy } from "./policy";
import { recordingLoopOf } from "./recording-loop";
import { Runner } from "./runner";
import { runners } from "./runners";
import { allTasks, currentTask, getRunningLoop } from "./running-loop";
import { awaitAny, type Awaitable } from "./tasks/awaitable";
import { Future } from "./tasks/future";
import { gather } from "./tasks/gather";
import { shield } from "./tasks/shield";
import { sleep } from "./tasks/sleep";
import { Task } from "./tasks/task";
import { waitFor } from "./tasks/timeout";

/*
 * The reference as a subject of the conformance suite: what docs/adapter.md asks of a JavaScript implementation.
 * The harness loads this file by path; neither side imports the other.
 */

/** A function for an executor. */
interface Job {
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

interface Request {
  readonly on: unknown;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

type Outcome = { started: readonly unknown[] } | { returned: unknown } | { raised: unknown };

type Instruction =
  { do: "await" | "yield" | "return"; value: unknown } | { do: "throw"; error: unknown };

interface Script {
  readonly begin: () => { readonly next: (outcome: Outcome) => Instruction };
}

/** The reference as `edition` has it; the newest by default. */
export default function subject(edition: string = newestEdition) {
  if (!isEdition(edition)) throw new errors.ValueError(`there is no edition ${edition}`);
  return {
    name: "reference",
    version: edition,
    editions: [edition],
    features: featuresOf(edition),
    puppets: { coroutine: makeCoroutine, "coroutine-function": () => body, ...otherPuppets },
    operations: { ...operations, ...operationsOf(edition) },
    kindOf,
    describe,
    setGlobalDebug: (enabled: boolean) => {
      if (enabled) process.env["ASYNCIO_DEBUG"] = "1";
      else delete process.env["ASYNCIO_DEBUG"];
    },
    handlesInterrupt: () => interruptHandling() === "graceful",
    cleanUp,
  };
}

const featuresOf = (edition: Edition): readonly string[] => [
  "run",
  ...(isSince(edition, "3.11-draft") ? ["runner"] : []),
  "threads",
  "signals",
  "executor",
  "contextvars",
  "async-generators",
  "current-loop",
  "recording-loop",
  "exception-handler",
  "global-debug",
  "warnings",
  "garbage-collection",
];

// Puppets

function* body(script: Script): Coroutine<unknown> {
  const { next } = script.begin();
  for (let outcome: Outcome = { started: [] }; ;) {
    const todo = next(outcome);
    if (todo.do === "return") return todo.value;
    if (todo.do === "throw") throw todo.error;
    try {
      outcome = { returned: yield* awaitAny(todo.value as Awaitable<unknown>) };
    } catch (raised) {
      outcome = { raised };
    }
  }
}

const makeCoroutine = coroutine(body);

const otherPuppets = {
  "async-generator": asyncGenerator(function* (script: Script) {
    const { next } = script.begin();
    for (let outcome: Outcome = { started: [] }; ;) {
      const todo = next(outcome);
      if (todo.do === "return") return;
      if (todo.do === "throw") throw todo.error;
      try {
        const { value } = todo;
        outcome = {
          returned:
            todo.do === "yield" ? yield* emit(value) : yield* awaitAny(value as Awaitable<unknown>),
        };
      } catch (raised) {
        outcome = { raised };
      }
    }
  }),
  awaitable: (script: Script) => ({
    *[Symbol.iterator]() {
      return yield* body(script);
    },
  }),
};

// Operations

const operations: Record<string, (request: Request) => unknown> = {
  "runner.run": ({ on, args, kwargs }) => call(on as Runner, "run", args, kwargs),
  "runner.get_loop": ({ on }) => (on as Runner).getLoop(),
  "runner.close": ({ on }) => (on as Runner).close(),
  "runner.with": ({ on, args: [inside] }) =>
    (on as Runner).use((inside as { async: (runner: Runner) => Promise<unknown> }).async),

  "asyncio.get_running_loop": () => getRunningLoop(),
  "policy.get_event_loop": () => {
    if (thread.currentLoop === null) throw new errors.RuntimeError("no current event loop");
    return thread.currentLoop;
  },
  ...methods<EventLoop>("loop", {
    is_running: "isRunning",
    is_closed: "isClosed",
    close: "close",
    stop: "stop",
    get_debug: "getDebug",
    set_debug: "setDebug",
    run_until_complete: "runUntilComplete",
    create_task: "createTask",
    create_future: "createFuture",
    set_exception_handler: "setExceptionHandler",
    set_task_factory: "setTaskFactory",
    add_signal_handler: "addSignalHandler",
    remove_signal_handler: "removeSignalHandler",
    set_default_executor: "setDefaultExecutor",
  }),
  "loop.call_soon": ({ on, args, kwargs }) => (on as EventLoop).callSoon(bound(args), kwargs),
  "loop.call_soon_threadsafe": ({ on, args }) => (on as EventLoop).callSoonThreadsafe(bound(args)),
  "loop.call_later": ({ on, args: [seconds, ...rest] }) =>
    (on as EventLoop).callLater(seconds as number, bound(rest)),

  "loop.run_in_executor": ({ on, args: [executor, job] }) => {
    const { module, name, args } = job as Job;
    return (on as EventLoop).runInExecutor(executor as Executor | null, { module, name }, ...args);
  },
  "executor.new": () => new ThreadPoolExecutor(),
  "executor.submit": ({ on, args: [job] }) => {
    const { module, name, args } = job as Job;
    void (on as Executor).submit({ module, name }, ...args);
  },

  "asyncio.current_task": () => currentTask(),
  "asyncio.all_tasks": () => [...allTasks()],
  "asyncio.sleep": ({ args: [seconds] }) => sleep(seconds as number),
  "asyncio.wait_for": ({ args: [awaitable, seconds] }) =>
    waitFor(awaitable as Awaitable<unknown>, seconds as number),
  "asyncio.gather": ({ args }) => gather(args as readonly Awaitable<unknown>[]),
  "asyncio.shield": ({ args: [awaitable] }) => shield(awaitable as Awaitable<unknown>),
  ...methods<Task<unknown>>("task", {
    cancel: "cancel",
    cancelling: "cancelling",
    uncancel: "uncancel",
    get_coro: "getCoro",
    get_name: "getName",
  }),
  ...methods<Future<unknown>>("future", {
    done: "done",
    cancelled: "cancelled",
    cancel: "cancel",
    result: "result",
    exception: "exception",
    set_result: "setResult",
    set_exception: "setException",
    add_done_callback: "addDoneCallback",
  }),
  "coroutine.state": ({ on }) => coroutineState(on as Coroutine<unknown>),
  "coroutine.like": ({ args: [coroutine] }) => new CoroutineLike(coroutine as Coroutine<unknown>),
  "coroutine.close": ({ on }) => void (on as Coroutine<unknown>).return(undefined),
  "generator.anext": ({ on }) => anext(on as AsyncGenerator<unknown>),
  "generator.aclose": ({ on }) => (on as AsyncGenerator<unknown>).aclose(),

  "contextvars.ContextVar": ({ args: [name] }) => new ContextVar(String(name)),
  "contextvars.copy_context": () => copyContext(),
  "contextvars.Context": () => new Context(),
  "var.get": ({ on, args: [fallback] }) => (on as ContextVar<unknown>).get(fallback),
  "var.set": ({ on, args: [value] }) => void (on as ContextVar<unknown>).set(value),
  "context.get": ({ on, args: [variable, fallback] }) =>
    (on as Context).get(variable as ContextVar<unknown>) ?? fallback,
  "context.run": ({ on, args: [callback, ...args] }) =>
    (on as Context).run(callback as (...args: unknown[]) => unknown, ...args),

  "recording.calls": ({ on }) => (on as { readonly calls: unknown }).calls,
};

/** Operations that differ between editions. */
function operationsOf(edition: Edition): Record<string, (request: Request) => unknown> {
  const api = runners(edition);
  const consulted: string[] = [];
  if (api.Runner !== undefined) noteCalls(api.Runner.policy, consulted);
  return {
    "policy.consulted": () => [...consulted],
    "asyncio.run": ({ args, kwargs }) => call(api, "run", args, kwargs),
    "asyncio.Runner": ({ args, kwargs }) => {
      if (api.Runner === undefined) throw new errors.RuntimeError("this edition has no Runner");
      return Reflect.construct(api.Runner, withOptions(args, kwargs)) as Runner;
    },
    "asyncio.EventLoop": () => api.EventLoop,
    "asyncio.new_event_loop": () => api.newEventLoop(),
    "asyncio.get_event_loop": () => api.getEventLoop(),
    "asyncio.set_event_loop": ({ args: [loop] }) => {
      api.setEventLoop(loop as EventLoop | null);
    },
    "recording.new": ({ kwargs }) => recordingLoopOf(api.EventLoop, kwargs),
    "exception.new": ({ args: [type, ...args] }) =>
      newException(api.CancelledError, String(type), args),
  };
}

/** Adds asyncio's name of each method of `policy` to `consulted` whenever it is called. */
function noteCalls(policy: Policy, consulted: string[]): void {
  const names = { newEventLoop: "new_event_loop", getEventLoop: "get_event_loop" } as const;
  for (const [method, name] of Object.entries({ ...names, setEventLoop: "set_event_loop" })) {
    const original = policy[method as keyof Policy] as (...args: unknown[]) => unknown;
    Object.assign(policy, {
      [method]: (...args: unknown[]) => {
        consulted.push(name);
        return original(...args);
      },
    });
  }
}

/** Methods of one class, by asyncio's names. */
function methods<Class>(
  prefix: string,
  names: Readonly<Record<string, keyof Class & string>>,
): Record<string, (request: Request) => unknown> {
  return Object.fromEntries(
    Object.entries(names).map(([name, method]) => [
      `${prefix}.${name}`,
      ({ on, args, kwargs }: Request) => call(on as Class, method, args, kwargs),
    ]),
  );
}

/** Calls a method with positional arguments and an options object, which is left out when there are no options. */
function call<Class>(
  on: Class,
  method: keyof Class & string,
  args: readonly unknown[],
  kwargs: Request["kwargs"],
): unknown {
  const callee = on[method] as (...args: unknown[]) => unknown;
  return callee.apply(on, withOptions(args, kwargs));
}

const withOptions = (args: readonly unknown[], kwargs: Request["kwargs"]): unknown[] =>
  Object.keys(kwargs).length === 0
    ? [...args]
    : [
        ...args,
        Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [camel(key), value])),
      ];

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const bound = ([callback, ...args]: readonly unknown[]): (() => unknown) =>
  (callback as (...args: unknown[]) => unknown).bind(null, ...args);

/** No generator, but with every method of one. */
class CoroutineLike {
  private readonly coroutine: Coroutine<unknown>;

  constructor(coroutine: Coroutine<unknown>) {
    this.coroutine = coroutine;
  }
  next(value?: unknown) {
    return this.coroutine.next(value);
  }
  throw(error: unknown) {
    return this.coroutine.throw(error);
  }
  return(value: unknown) {
    return this.coroutine.return(value);
  }
  [Symbol.iterator]() {
    return this;
  }
}

function* anext(generator: AsyncGenerator<unknown>): Coroutine<unknown> {
  const { done, value } = yield* generator.anext();
  if (done === true) throw new StopAsyncIteration();
  return value;
}

// Objects and exceptions

function kindOf(object: object): string | undefined {
  if (object instanceof Runner) return "runner";
  if (object instanceof EventLoop) return "loop";
  if (object instanceof Task) return "task";
  if (object instanceof Future) return "future";
  if (object instanceof Context) return "context";
  if (object instanceof ContextVar) return "var";
  if (object instanceof AsyncGenerator) return "generator";
  if (object instanceof ThreadPoolExecutor) return "executor";
  return isCoroutine(object) ? "coroutine" : undefined;
}

class StopAsyncIteration extends errors.Exception {}
class PrivateBaseException extends errors.BaseException {}

function newException(
  CancelledError: new (message?: unknown) => Error,
  type: string,
  [message]: readonly unknown[],
): Error {
  const named: Record<string, unknown> = {
    ...errors,
    CancelledError,
    PrivateBaseException,
    TypeError,
  };
  const known = named[type] as (new (message?: unknown) => Error) | undefined;
  if (known !== undefined) return new known(message);
  const made = { [type]: class extends errors.Exception {} }[type];
  if (made === undefined) throw new errors.ValueError(`no exception can be called ${type}`);
  return new made(message);
}

function describe(thrown: unknown) {
  if (!(thrown instanceof Error)) {
    return { type: typeof thrown, bases: [typeof thrown], message: String(thrown) };
  }
  const bases: string[] = [];
  for (
    let link = Object.getPrototypeOf(thrown) as object;
    link !== Object.prototype;
    link = Object.getPrototypeOf(link) as object
  ) {
    bases.push(link.constructor.name);
  }
  const { args } = thrown as { readonly args?: readonly unknown[] };
  const description = { type: bases[0] ?? "Error", bases, message: thrown.message };
  return args === undefined ? description : { ...description, args };
}

/** Undoes what a session left behind in this process, and names what it should not have. */
function cleanUp(): readonly string[] {
  thread.currentLoop = null;
  thread.currentLoopWasSet = false;
  return thread.runningLoop === null ? [] : ["a running event loop"];
}
