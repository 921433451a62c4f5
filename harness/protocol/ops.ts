import type { Feature } from "../../spec/requirement";

/** One operation an adapter may be asked for. */
export interface Op {
  /** What it does, in the words of the subject's documentation. */
  readonly does: string;
  /** The feature it belongs to. Absent means every subject must have it. */
  readonly needs?: Feature;
}

/**
 * Every operation of protocol 1. Names are asyncio's public ones; a method's receiver travels in `on`. Arguments are
 * passed on exactly as given, so that signatures can be tested. No operation reveals a private attribute.
 */
export const ops = {
  // Runners
  "asyncio.run": { does: "asyncio.run(*args, **kwargs)", needs: "run" },
  "asyncio.Runner": { does: "asyncio.Runner(*args, **kwargs): a runner", needs: "runner" },
  "runner.run": { does: "runner.run(*args, **kwargs)", needs: "runner" },
  "runner.get_loop": { does: "runner.get_loop(): a loop", needs: "runner" },
  "runner.close": { does: "runner.close()", needs: "runner" },
  "runner.with": {
    does: "the native with statement: `with runner as entered: return function(entered)`; args: [function]",
    needs: "runner",
  },

  // Loops
  "asyncio.new_event_loop": { does: "asyncio.new_event_loop(): a loop" },
  "asyncio.EventLoop": { does: "the class asyncio.EventLoop itself, from 3.13" },
  "asyncio.get_running_loop": { does: "asyncio.get_running_loop(): a loop" },
  "asyncio.get_event_loop": { does: "asyncio.get_event_loop(): a loop", needs: "current-loop" },
  "asyncio.set_event_loop": { does: "asyncio.set_event_loop(loop | null)", needs: "current-loop" },
  "policy.get_event_loop": {
    does: "the current loop of this thread as the policy knows it; raises where there is none. Never makes a new one",
    needs: "current-loop",
  },
  "policy.consulted": {
    does: "names of the policy's methods, of get_event_loop, set_event_loop and new_event_loop, that were called so far by a runner or anybody else; calls for the harness may be left out",
    needs: "current-loop",
  },
  "loop.is_running": { does: "loop.is_running()" },
  "loop.is_closed": { does: "loop.is_closed()" },
  "loop.close": { does: "loop.close()" },
  "loop.stop": { does: "loop.stop()" },
  "loop.get_debug": { does: "loop.get_debug()" },
  "loop.set_debug": { does: "loop.set_debug(enabled)" },
  "loop.run_until_complete": { does: "loop.run_until_complete(awaitable)" },
  "loop.create_task": { does: "loop.create_task(coroutine, *, name, context): a task" },
  "loop.create_future": { does: "loop.create_future(): a future" },
  "loop.call_soon": { does: "loop.call_soon(callable, *args, context)" },
  "loop.call_soon_threadsafe": { does: "loop.call_soon_threadsafe(callable, *args)" },
  "loop.call_later": { does: "loop.call_later(seconds, callable, *args)" },
  "loop.set_exception_handler": {
    does: "loop.set_exception_handler(recorder | function | null); a function gets (loop, {map})",
    needs: "exception-handler",
  },
  "loop.set_task_factory": { does: "loop.set_task_factory(recorder | function | null)" },
  "loop.run_in_executor": {
    does: "loop.run_in_executor(executor | null, job): a future; null means the default executor",
    needs: "executor",
  },
  "loop.set_default_executor": { does: "loop.set_default_executor(executor)", needs: "executor" },
  "loop.add_signal_handler": {
    does: 'loop.add_signal_handler("SIGINT", callable)',
    needs: "signals",
  },
  "loop.remove_signal_handler": {
    does: 'loop.remove_signal_handler("SIGINT")',
    needs: "signals",
  },
  "recording.new": {
    does:
      "a loop of the subject's default class (or of the loop factory it is judged with) whose public methods are " +
      "recorded; kwargs: fail {map: method -> exception to raise instead}, limit (seconds: shutdown_default_executor " +
      "hands this on instead of the time limit it was given)",
    needs: "recording-loop",
  },
  "recording.calls": {
    does:
      "what a recording loop was asked: a list of {map: method, args, kwargs}, only for shutdown_asyncgens, " +
      "shutdown_default_executor, close, set_debug, stop",
    needs: "recording-loop",
  },

  // Tasks, futures, coroutines
  "asyncio.current_task": { does: "asyncio.current_task(): a task or null" },
  "asyncio.all_tasks": { does: "asyncio.all_tasks(): a list of tasks" },
  "asyncio.sleep": { does: "asyncio.sleep(seconds): an awaitable" },
  "asyncio.wait_for": { does: "asyncio.wait_for(awaitable, seconds): an awaitable" },
  "asyncio.gather": { does: "asyncio.gather(*awaitables): a future" },
  "asyncio.shield": { does: "asyncio.shield(awaitable): a future" },
  "task.cancel": { does: "task.cancel(*args)" },
  "task.cancelling": { does: "task.cancelling(), from 3.11" },
  "task.uncancel": { does: "task.uncancel(), from 3.11" },
  "task.get_coro": { does: "task.get_coro(), from 3.8" },
  "task.get_name": { does: "task.get_name(), from 3.8" },
  "future.done": { does: "future.done(), also of a task" },
  "future.cancelled": { does: "future.cancelled(), also of a task" },
  "future.cancel": { does: "future.cancel()" },
  "future.result": { does: "future.result(), also of a task" },
  "future.exception": { does: "future.exception(), also of a task" },
  "future.set_result": { does: "future.set_result(value)" },
  "future.set_exception": { does: "future.set_exception(exception)" },
  "future.add_done_callback": { does: "future.add_done_callback(callable), also of a task" },
  "coroutine.state": {
    does: "inspect.getcoroutinestate(coroutine): CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED",
  },
  "coroutine.close": { does: "coroutine.close()" },
  "coroutine.like": {
    does:
      "an object that is no native coroutine but has every method of one and hands each call on to the given " +
      "coroutine; args: [coroutine]",
  },
  "generator.anext": {
    does: "generator.__anext__(): an awaitable",
    needs: "async-generators",
  },
  "generator.aclose": { does: "generator.aclose(): an awaitable", needs: "async-generators" },

  // Contexts
  "contextvars.ContextVar": { does: "ContextVar(name): a variable", needs: "contextvars" },
  "contextvars.copy_context": { does: "copy_context(): a context", needs: "contextvars" },
  "contextvars.Context": { does: "Context(), empty: a context", needs: "contextvars" },
  "var.get": { does: "variable.get(default)", needs: "contextvars" },
  "var.set": { does: "variable.set(value); gives null", needs: "contextvars" },
  "context.get": { does: "context.get(variable, default)", needs: "contextvars" },
  "context.run": { does: "context.run(callable, *args)", needs: "contextvars" },

  // Signals, threads, jobs, warnings
  "signal.getsignal": {
    does:
      'how SIGINT is handled now: "default_int_handler" (the language\'s own), "SIG_IGN", "SIG_DFL", the recorder ' +
      'installed with signal.signal, or a reference of kind "handler" for any other function; args: ["SIGINT"]',
    needs: "signals",
  },
  "signal.signal": {
    does: 'signal.signal("SIGINT", "SIG_IGN" | "SIG_DFL" | "default_int_handler" | recorder)',
    needs: "signals",
  },
  "threading.run": {
    does: "runs a function in a new thread and waits for it; gives what it returned or raises what it raised; args: [function]",
    needs: "threads",
  },
  "threading.active_count": { does: "how many threads are alive", needs: "threads" },
  "job.new": {
    does:
      "a function for an executor that waits in its thread until the file named `until` exists, then returns or " +
      "raises; kwargs: until (path, or null: does not wait), then_return (value), then_raise (exception)",
    needs: "executor",
  },
  "executor.new": {
    does: "concurrent.futures.ThreadPoolExecutor(): an executor of the user's own",
    needs: "executor",
  },
  "executor.submit": {
    does: "executor.submit(job); raises where the executor has been shut down; gives null",
    needs: "executor",
  },
  "job.state": { does: '"new", "running" or "finished"', needs: "executor" },
  "warnings.caught": {
    does: "every warning of this session so far, none filtered: a list of {map: category, message}",
    needs: "warnings",
  },
  "warnings.as_errors": {
    does: "from now on, emitting a warning of the class named by args[0] raises it",
    needs: "warnings-as-errors",
  },

  // Plain objects
  "recorder.new": {
    does: "a callable that notes the arguments of each call and returns null; it may be called at any moment and never asks the harness",
  },
  "recorder.calls": { does: "the argument lists a recorder was called with" },
  "object.new": {
    does: "a fresh object, equal only to itself; kwargs: described (a recorder, called whenever the textual form of the object is asked for)",
  },
  "object.forget": {
    does: "the adapter forgets the objects of args, which cannot be named again; what else keeps them alive stays",
    needs: "garbage-collection",
  },
  "weakref.new": {
    does: "weakref.ref(object): knows the object without keeping it alive",
    needs: "garbage-collection",
  },
  "weakref.alive": {
    does: "whether what a weak reference knows is still there after everything that can go has gone",
    needs: "garbage-collection",
  },
  "object.type": { does: "the class of an object: the same reference for the same class" },
  "exception.new": {
    does: "an exception of the class named by args[0] (a built-in, asyncio's, or `PrivateBaseException`, a class of the adapter's own derived from BaseException), with the other args; not raised",
  },
  "stream.print": { does: "prints a line on the subject's standard output, as user code would" },
} as const satisfies Record<string, Op>;

/** The name of an operation. */
export type OpName = keyof typeof ops;

/** The feature an operation belongs to, or undefined where every subject must have it. */
export const featureOf = (op: OpName): Feature | undefined => (ops[op] as Op).needs;
