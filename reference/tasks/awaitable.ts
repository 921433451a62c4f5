import { types } from "node:util";
import { isCoroutine, type Coroutine } from "../coroutine";
import { describe } from "../describe";
import { ValueError } from "../errors";
import type { EventLoop } from "../loop/event-loop";
import { getRunningLoop } from "../running-loop";
import { Future, setResultUnlessDone } from "./future";

/**
 * What can be awaited: a coroutine, a future or task, an object whose `[Symbol.iterator]` is a generator
 * function that
 * awaits (`yield*` works on it), or a promise.
 */
export type Awaitable<Result> =
  | Coroutine<Result>
  | Future<Result>
  | { [Symbol.iterator](): Coroutine<Result> }
  | PromiseLike<Result>;

/** Whether `value` is an `Awaitable`. Strings, arrays and other collections are not. */
export const isAwaitable = (value: unknown): value is Awaitable<unknown> =>
  isCoroutine(value) || value instanceof Future || isIterableAwaitable(value) || isPromise(value);

/** Awaits any awaitable. */
export function* awaitAny<Result>(awaitable: Awaitable<Result>): Coroutine<Result> {
  if (isPromise(awaitable)) return yield* awaitPromise(awaitable);
  return yield* awaitable as Coroutine<Result>;
}

/**
 * Awaits a promise, or the one `start` returns. If the task is cancelled meanwhile, it stops waiting and the signal
 * given to `start` is aborted; the promise itself goes on, and nobody hears of its outcome.
 */
export function* awaitPromise<Result>(
  start: PromiseLike<Result> | ((signal: AbortSignal) => PromiseLike<Result>),
): Coroutine<Result> {
  const loop = getRunningLoop();
  if (typeof start !== "function") return yield* fromPromise(start, loop);
  const controller = new AbortController();
  const future = fromPromise(start(controller.signal), loop);
  try {
    return yield* future;
  } finally {
    if (future.cancelled()) controller.abort();
  }
}

/** A future of `loop` that ends like `promise`. */
export function fromPromise<Result>(promise: PromiseLike<Result>, loop: EventLoop): Future<Result> {
  const future = loop.createFuture<Result>();
  promise.then(
    (result) => {
      if (!loop.isClosed()) setResultUnlessDone(future, result);
    },
    (error: unknown) => {
      if (!loop.isClosed() && !future.done()) future.setException(error);
    },
  );
  return future;
}

/**
 * The future of `awaitable`: itself, or a task of `loop` (the running one by default) that awaits it.
 * `TypeError` if it
 * is not awaitable, `ValueError` if it is a future of another loop.
 */
export function ensureFuture<Result>(
  awaitable: Awaitable<Result>,
  loop?: EventLoop,
): Future<Result> {
  if (awaitable instanceof Future) {
    if (loop === undefined || awaitable.getLoop() === loop) return awaitable;
    throw new ValueError("the future belongs to a different loop");
  }
  const owner = loop ?? getRunningLoop();
  if (isCoroutine(awaitable)) return owner.createTask(awaitable);
  if (isAwaitable(awaitable)) return owner.createTask(awaitAny(awaitable));
  throw new TypeError(`a coroutine, a future or a promise is required, got ${describe(awaitable)}`);
}

const isIterableAwaitable = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  types.isGeneratorFunction((value as Partial<Iterable<unknown>>)[Symbol.iterator]);

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Partial<PromiseLike<unknown>>).then === "function";
