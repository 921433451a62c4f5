import { ensureFuture, type Awaitable } from "./awaitable";
import type { Future } from "./future";

/** A future that ends like `awaitable`; cancelling it does not cancel `awaitable`. Keep a reference to that one. */
export function shield<Result>(awaitable: Awaitable<Result>): Future<Result> {
  const inner = ensureFuture(awaitable);
  if (inner.done()) return inner;
  const outer = inner.getLoop().createFuture<Result>();
  const onInnerDone = (): void => {
    if (outer.done()) return;
    if (inner.cancelled()) outer.cancel();
    else copyOutcome(inner, outer);
  };
  inner.addDoneCallback(onInnerDone);
  outer.addDoneCallback(() => inner.removeDoneCallback(onInnerDone));
  return outer;
}

function copyOutcome<Result>(from: Future<Result>, to: Future<Result>): void {
  const error = from.exception();
  if (error === null) to.setResult(from.result());
  else to.setException(error);
}
