import type { Coroutine, Trap } from "../coroutine";
import { ValueError } from "../errors";
import { OneWait } from "../one-wait";
import { getRunningLoop } from "../running-loop";
import { setResultUnlessDone } from "./future";

/** Waits for `delay` seconds; with 0 or less, for the next turn. Returns `result`. */
export function sleep<Result = undefined>(delay: number, result?: Result): Coroutine<Result> {
  return delay <= 0 ? new GivingWay(result as Result) : sleepLonger(delay, result as Result);
}

class GivingWay<Result> extends OneWait<Result> {
  private readonly result: Result;

  constructor(result: Result) {
    super();
    this.result = result;
  }

  protected override begin(): IteratorResult<Trap, Result> {
    return { done: false, value: undefined };
  }

  protected override end(): IteratorReturnResult<Result> {
    return { done: true, value: this.result };
  }
}

function* sleepLonger<Result>(delay: number, result: Result): Coroutine<Result> {
  if (Number.isNaN(delay)) throw new ValueError("expected a delay in seconds, got NaN");
  const loop = getRunningLoop();
  const future = loop.createFuture<Result>();
  const timer = loop.callLater(delay, () => {
    setResultUnlessDone(future, result);
  });
  try {
    return yield* future;
  } finally {
    timer.cancel();
  }
}
