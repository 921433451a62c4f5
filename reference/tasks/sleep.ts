import type { Coroutine } from "../coroutine";
import { ValueError } from "../errors";
import { getRunningLoop } from "../running-loop";
import { setResultUnlessDone } from "./future";

/** Waits for `delay` seconds; with 0 or less, for the next turn. Returns `result`. */
export function* sleep<Result = undefined>(delay: number, result?: Result): Coroutine<Result> {
  if (delay <= 0) {
    yield undefined;
    return result as Result;
  }
  if (Number.isNaN(delay)) throw new ValueError("expected a delay in seconds, got NaN");
  const loop = getRunningLoop();
  const future = loop.createFuture<Result>();
  const timer = loop.callLater(delay, () => {
    setResultUnlessDone(future, result as Result);
  });
  try {
    return yield* future;
  } finally {
    timer.cancel();
  }
}
