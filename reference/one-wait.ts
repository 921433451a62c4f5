import type { Coroutine, Trap } from "./coroutine";

/**
 * A coroutine that waits at most once, written as an object: what is awaited most often should not cost a generator
 * each time.
 */
export abstract class OneWait<Result> implements Coroutine<Result> {
  private phase: "created" | "waiting" | "closed" = "created";

  next(): IteratorResult<Trap, Result> {
    if (this.phase === "closed") return { done: true, value: undefined as Result };
    const isFirst = this.phase === "created";
    this.phase = "closed";
    const step = isFirst ? this.begin() : this.end();
    if (step.done !== true) this.phase = "waiting";
    return step;
  }

  throw(error: unknown): never {
    this.phase = "closed";
    throw error;
  }

  return(value: Result): IteratorResult<Trap, Result> {
    this.phase = "closed";
    return { done: true, value };
  }

  [Symbol.iterator](): this {
    return this;
  }

  [Symbol.dispose](): void {
    this.phase = "closed";
  }

  // eslint-disable-next-line @typescript-eslint/class-literal-property-style -- a field would be in each of them
  get [Symbol.toStringTag](): string {
    return "Generator";
  }

  /** What it waits for, or its result. */
  protected abstract begin(): IteratorResult<Trap, Result>;

  /** Its result, after it has waited. */
  protected abstract end(): IteratorReturnResult<Result>;
}
