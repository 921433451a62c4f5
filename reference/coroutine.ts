import { RuntimeError } from "./errors";
import type { Awaiting } from "./tasks/future";

/**
 * What a coroutine asks of the loop when it yields: to be resumed when a future is done, or (undefined) in the next
 * turn. User code never yields by itself; it writes `yield*` before a future, a task or another coroutine.
 */
export type Trap = Awaiting<unknown> | undefined;

/** A generator the loop drives, made by calling a `function*`. */
export type Coroutine<Result> = Generator<Trap, Result, unknown>;

/** Where a coroutine stands, in the words of Python's `inspect.getcoroutinestate`. */
export type CoroutineState = "CORO_CREATED" | "CORO_RUNNING" | "CORO_SUSPENDED" | "CORO_CLOSED";

/** Whether `value` can be driven as a coroutine: a generator, or an object with all of its methods. */
export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const { next, throw: raise, return: close } = value as Partial<Coroutine<unknown>>;
  return (
    typeof next === "function" &&
    typeof raise === "function" &&
    typeof close === "function" &&
    typeof (value as Partial<Coroutine<unknown>>)[Symbol.iterator] === "function"
  );
}

/**
 * Where `coroutine` stands. Known for every coroutine made by a function that went through `coroutine()`, and for any
 * that is driven by a task; another one that is only delegated to with `yield*` counts as created.
 */
export function coroutineState(coroutine: Coroutine<unknown>): CoroutineState {
  const known = (coroutine as Tracked)[state];
  return typeof known === "object" ? known.coroutineState() : (known ?? "CORO_CREATED");
}

/**
 * Makes the calls of a generator function trackable: `coroutineState` knows them wherever they run, and one that is
 * dropped without ever being run is reported as a `RuntimeWarning`, as Python does for every coroutine.
 */
export function coroutine<Args extends unknown[], Result>(
  body: (...args: Args) => Coroutine<Result>,
): (...args: Args) => Coroutine<Result> {
  const prototype = body.prototype as object;
  const makesCoroutines: boolean = isCoroutine(prototype);
  if (!makesCoroutines) throw new TypeError("expected a generator function (function*)");
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(trackedMethods));
  function create(this: unknown, ...args: Args): Coroutine<Result> {
    const created = body.apply(this, args);
    dropped.register(created, body.name, created);
    return created;
  }
  return Object.defineProperty(create, "name", { value: body.name });
}

/** Who drives a coroutine can tell where it stands. */
export interface Driving {
  coroutineState(): CoroutineState;
}

/** Notes that `driver` starts to drive `coroutine`. `RuntimeError` if somebody has driven it before. @internal */
export function begin(coroutine: Coroutine<unknown>, driver: Driving): void {
  const tracked = coroutine as Tracked;
  if (tracked[state] !== undefined) {
    throw new RuntimeError(
      coroutineState(coroutine) === "CORO_CLOSED"
        ? "cannot reuse a coroutine that has already been awaited"
        : "the coroutine is already being awaited",
    );
  }
  if (tracked.next !== trackedMethods.next) tracked[state] = driver;
}

const state = Symbol("coroutine state");

interface Tracked extends Coroutine<unknown> {
  [state]?: CoroutineState | Driving;
}

const dropped = new FinalizationRegistry<string>((name) => {
  process.emitWarning(`coroutine '${name}' was never awaited`, "RuntimeWarning");
});

type GeneratorMethod = "next" | "throw" | "return";

const untracked = Object.getPrototypeOf(
  function* () {
    // Only its prototype is wanted.
  }.prototype,
) as Record<GeneratorMethod, (this: unknown, value?: unknown) => IteratorResult<Trap, unknown>>;

/** `yield*` looks `next`, `throw` and `return` up on the generator, so its prototype can listen. */
const trackedMethods = {
  next: tracking("next"),
  throw: tracking("throw"),
  return: tracking("return"),
};

function tracking(method: GeneratorMethod) {
  const resume = untracked[method];
  return function (this: Tracked, value?: unknown): IteratorResult<Trap, unknown> {
    if (this[state] === "CORO_RUNNING") return resume.call(this, value);
    if (this[state] === undefined) dropped.unregister(this);
    this[state] = "CORO_RUNNING";
    let after: CoroutineState = "CORO_CLOSED";
    try {
      const result = resume.call(this, value);
      if (result.done !== true) after = "CORO_SUSPENDED";
      return result;
    } finally {
      this[state] = after;
    }
  };
}
