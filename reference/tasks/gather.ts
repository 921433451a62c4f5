import { getRunningLoop } from "../running-loop";
import { ensureFuture, type Awaitable } from "./awaitable";
import { Future } from "./future";

/** How `gather` treats failures. */
export interface GatherOptions {
  /** True: failures are results like any other. False, the default: the first one fails the whole. */
  readonly returnExceptions?: boolean;
}

/**
 * Awaits all of `awaitables` at once; the results are in their order. Cancelling the future cancels those that
 * are not
 * done.
 */
export function gather<Result>(
  awaitables: Iterable<Awaitable<Result>>,
  { returnExceptions = false }: GatherOptions = {},
): Future<Result[]> {
  const futures = new Map<Awaitable<Result>, Future<Result>>();
  const children: Future<Result>[] = [];
  for (const awaitable of awaitables) {
    const future = futures.get(awaitable) ?? ensureFuture(awaitable, children[0]?.getLoop());
    futures.set(awaitable, future);
    children.push(future);
  }
  return new Gathering(children, new Set(children), returnExceptions);
}

class Gathering<Result> extends Future<Result[]> {
  private readonly children: readonly Future<Result>[];
  private readonly returnExceptions: boolean;
  private unfinished: number;
  private cancelRequested = false;

  constructor(
    children: readonly Future<Result>[],
    distinct: ReadonlySet<Future<Result>>,
    returnExceptions: boolean,
  ) {
    super(children[0]?.getLoop() ?? getRunningLoop());
    this.children = children;
    this.returnExceptions = returnExceptions;
    this.unfinished = distinct.size;
    if (distinct.size === 0) this.setResult([]);
    for (const child of distinct) child.addDoneCallback(this.onChildDone);
  }

  /** Cancels the children; this ends when they have. */
  override cancel(message?: unknown): boolean {
    if (this.done()) return false;
    for (const child of this.children) {
      if (child.cancel(message)) this.cancelRequested = true;
    }
    return this.cancelRequested;
  }

  private readonly onChildDone = (child: Future<Result>): void => {
    this.unfinished--;
    const failure = failureOf(child);
    if (this.done()) return;
    if (failure !== null && !this.returnExceptions) this.setException(failure.error);
    else if (this.unfinished > 0) return;
    else if (this.cancelRequested) this.setException(child.makeCancelledError());
    else this.setResult(this.children.map(outcomeOf));
  };
}

/** Why `future`, which is done, has no result; null if it has one. */
function failureOf(future: Future<unknown>): { readonly error: unknown } | null {
  if (future.cancelled()) return { error: future.makeCancelledError() };
  const error = future.exception();
  return error === null ? null : { error };
}

function outcomeOf<Result>(future: Future<Result>): Result {
  const failure = failureOf(future);
  return failure === null ? future.result() : (failure.error as Result);
}
