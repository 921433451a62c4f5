import { types } from "node:util";
import type { Coroutine, Trap } from "./coroutine";
import { GeneratorExit, RuntimeError } from "./errors";
import { getRunningLoop } from "./running-loop";
import { fromPromise } from "./tasks/awaitable";

/** What an async generator in coroutine style yields: it awaits with `yield*` and hands items out with `emit`. */
export type Emitting<Item> = Generator<Trap | Emission<Item>, void, unknown>;

/** Hands `item` to whoever iterates; returns what they `asend`. */
export function* emit<Item>(item: Item): Generator<Emission<Item>, unknown, unknown> {
  return yield new Emission(item);
}

/**
 * Makes a function that returns async generators, from a `function*` that awaits and emits, or from a native
 * `async function*`. The loop knows each one from its first step to its end, and closes it at shutdown.
 *
 *     const ticks = asyncGenerator(function* (count: number) {
 *       for (let i = 0; i < count; i++) {
 *         yield* sleep(1);
 *         yield* emit(i);
 *       }
 *     });
 */
export function asyncGenerator<Args extends unknown[], Item>(
  body: (...args: Args) => Emitting<Item> | globalThis.AsyncGenerator<Item, unknown>,
): (...args: Args) => AsyncGenerator<Item> {
  if (!types.isGeneratorFunction(body)) {
    throw new TypeError("expected a generator function (function* or async function*)");
  }
  return (...args) => new AsyncGenerator(() => body(...args), body.name);
}

/** Awaits each item of `generator` and runs `body` with it. A generator that is left early stays open. */
export function* forEach<Item>(
  generator: AsyncGenerator<Item>,
  body: (item: Item) => Coroutine<unknown>,
): Coroutine<void> {
  for (;;) {
    const { done, value } = yield* generator.anext();
    if (done === true) return;
    yield* body(value);
  }
}

/** Items that have to be awaited, and clean-up that may have to be. */
export class AsyncGenerator<Item> {
  private readonly source: Source<Item>;

  /** @internal Use `asyncGenerator`. */
  constructor(make: () => Emitting<Item> | globalThis.AsyncGenerator<Item, unknown>, name: string) {
    this.source = new Source(make(), name, this);
  }

  /** Awaits the next item. */
  *anext(): Coroutine<IteratorResult<Item, undefined>> {
    return yield* this.asend(undefined);
  }

  /** The same, and `emit` returns `value` inside. */
  *asend(value: unknown): Coroutine<IteratorResult<Item, undefined>> {
    if (this.source.begin()) abandoned.register(this, this.source);
    return yield* this.source.resume("next", value);
  }

  /** Raises `error` where the generator stands, and awaits the next item. */
  *athrow(error: unknown): Coroutine<IteratorResult<Item, undefined>> {
    return yield* this.source.resume("throw", error);
  }

  /** Ends it: `GeneratorExit` is raised where it stands, and its clean-up is awaited. Closing twice is harmless. */
  *aclose(): Coroutine<void> {
    yield* this.source.aclose();
  }
}

/** An item on its way from `emit` to whoever iterates. */
class Emission<Item> {
  readonly item: Item;

  constructor(item: Item) {
    this.item = item;
  }
}

/**
 * The generator behind an `AsyncGenerator`. The loop holds on to this, so that it can close it when nobody else
 * does.
 */
export class Source<Item> {
  readonly name: string;
  private readonly body: Emitting<Item> | globalThis.AsyncGenerator<Item, unknown>;
  private phase: "created" | "suspended" | "running" | "closed" = "created";
  private registration: { end(): void; abandon(): void } | null = null;

  private readonly face: WeakRef<AsyncGenerator<Item>>;

  constructor(
    body: Emitting<Item> | globalThis.AsyncGenerator<Item, unknown>,
    name: string,
    face: AsyncGenerator<Item>,
  ) {
    this.body = body;
    this.name = name;
    this.face = new WeakRef(face);
  }

  /** The generator as the program knows it, if the program still does. */
  generator(): AsyncGenerator<Item> | undefined {
    return this.face.deref();
  }

  /** Makes the running loop know it, the first time: true. */
  begin(): boolean {
    if (this.phase !== "created") return false;
    this.phase = "suspended";
    this.registration = getRunningLoop().asyncGenerators.add(this);
    return true;
  }

  *resume(method: "next" | "throw", value: unknown): Coroutine<IteratorResult<Item, undefined>> {
    if (this.phase === "running") throw new RuntimeError("the async generator is already running");
    if (this.phase === "closed") return ended;
    this.phase = "running";
    let after: "suspended" | "closed" = "closed";
    try {
      const result = yield* this.step(method, value);
      if (result.done !== true) after = "suspended";
      return result;
    } finally {
      this.phase = after;
      if (after === "closed") this.registration?.end();
    }
  }

  *aclose(): Coroutine<void> {
    if (this.phase === "created") this.phase = "closed";
    if (this.phase === "closed") return;
    try {
      const { done } = yield* this.resume("throw", new GeneratorExit());
      if (done !== true) throw new RuntimeError("the async generator ignored GeneratorExit");
    } catch (error) {
      if (!(error instanceof GeneratorExit)) throw error;
    }
  }

  /** Nobody can iterate it any more. */
  abandon(): void {
    if (this.phase === "suspended") this.registration?.abandon();
  }

  private *step(
    method: "next" | "throw",
    value: unknown,
  ): Coroutine<IteratorResult<Item, undefined>> {
    if (Symbol.asyncIterator in this.body) return yield* nativeStep(this.body, method, value);
    let result = this.body[method](value);
    while (result.done !== true) {
      if (result.value instanceof Emission) return { done: false, value: result.value.item };
      let sent: unknown;
      try {
        sent = yield result.value;
      } catch (error) {
        result = this.body.throw(error);
        continue;
      }
      result = this.body.next(sent);
    }
    return ended;
  }
}

/** A native generator is closed with `return()`: its own way to run `finally` and nothing else. */
function* nativeStep<Item>(
  body: globalThis.AsyncGenerator<Item, unknown>,
  method: "next" | "throw",
  value: unknown,
): Coroutine<IteratorResult<Item, undefined>> {
  const closing = value instanceof GeneratorExit;
  const stepped = closing ? body.return(undefined) : body[method](value);
  const result = yield* fromPromise(stepped, getRunningLoop());
  return result.done === true ? ended : { done: false, value: result.value };
}

const ended = { done: true, value: undefined } as const;

/** One that was begun and dropped: its clean-up runs in the loop, as Python's does. */
const abandoned = new FinalizationRegistry<Source<unknown>>((source) => {
  source.abandon();
});
