import { isCancelled, isException, KeyboardInterrupt } from "../../reference/errors";
import type { EventLoop } from "../../reference/loop/event-loop";
import * as interrupts from "../../reference/loop/interrupts";
import { Runner } from "../../reference/runner";
import * as shutdown from "../../reference/shutdown";
import { patch } from "./patch";

/*
 * The few places of the reference where most faults sit, so that a fault is one sentence of code. Whatever a run does
 * wrong after the fact is done to the promise it returns; refusals are thrown at once and stay as they are.
 */

/** Changes what Runner.run(), and with it run(), does before it begins. */
export const beforeRun = (
  change: (this: Insides, main: unknown, options: unknown) => void,
): void => {
  patch(
    Runner.prototype,
    "run",
    (run) =>
      function (main: unknown, options: unknown) {
        change.call(this as Insides, main, options);
        return run.apply(this, arguments.length < 2 ? [main] : [main, options]) as unknown;
      },
  );
};

/** Changes how the promise of every Runner.run() ends. */
export const afterRun = (
  change: (this: Insides, run: Promise<unknown>, main: unknown) => Promise<unknown>,
): void => {
  patch(
    Runner.prototype,
    "run",
    (run) =>
      function (main: unknown, ...rest: unknown[]) {
        return change.call(
          this as Insides,
          run.call(this, main, ...rest) as Promise<unknown>,
          main,
        );
      },
  );
};

/** What a runner of the reference keeps to itself. */
export interface Insides {
  loop: EventLoop | null;
  context: unknown;
  debug: boolean | null;
  loopFactory: unknown;
  phase: string;
  closing: unknown;
  madeLoopCurrent: boolean;
  policy: { setEventLoop(loop: EventLoop | null): void; newEventLoop(): EventLoop };
  initialize(): { loop: EventLoop; context: unknown };
  close(): Promise<void>;
  end(loop: EventLoop): void;
  getLoop(): EventLoop;
}

/** How main ended: with a value, an ordinary exception, or anything else. */
export type End = "returned" | "failed" | "ended otherwise";

/** Notes on each runner how its last run ended; gives the question. */
export function watchEnds(): (runner: object) => End | undefined {
  const ends = new WeakMap<object, End>();
  afterRun(function (run) {
    run.then(
      () => ends.set(this, "returned"),
      (error: unknown) => ends.set(this, isException(error) ? "failed" : "ended otherwise"),
    );
    return run;
  });
  return (runner) => ends.get(runner);
}

/** Has runners leave their loop open where `spared` says so. */
export function leaveLoopOpen(spared: (runner: Insides) => boolean): void {
  patch(
    Runner.prototype,
    "end",
    (end) =>
      function (loop: EventLoop) {
        if (spared(this as Insides)) Object.assign(loop, { close: () => undefined });
        end.call(this, loop);
        Reflect.deleteProperty(loop, "close");
      },
  );
}

/** Replaces what a shutdown does about leftover tasks. */
export function treatLeftovers(treat: (loop: EventLoop) => Promise<void> | void): void {
  patch(shutdown, "shutDown", (shutDown) => async (loop: EventLoop, limit: unknown) => {
    await treat(loop);
    await withoutLeftovers(loop, () => shutDown(loop, limit) as Promise<void>);
  });
}

/** Does a shutdown that sees no leftover tasks. */
export function withoutLeftovers(loop: EventLoop, shutDown: () => Promise<void>): Promise<void> {
  Object.assign(loop.pendingTasks, { toArray: () => [] });
  const done = shutDown();
  Reflect.deleteProperty(loop.pendingTasks, "toArray");
  return done;
}

/** Changes what a SIGINT, the `count`th of its run, does to a run. */
export function onInterrupt(
  change: (count: number, obey: (count: number) => void, mode: string) => void,
): void {
  patch(
    interrupts,
    "handleInterrupts",
    (handle) => (mode: string, obey: (count: number) => void) =>
      handle(mode, (count: number) => {
        change(count, obey, mode);
      }) as unknown,
  );
}

/** Notes whether the run of a runner was interrupted, and changes how it ends then. */
export function afterInterruptedRun(change: (run: Promise<unknown>) => Promise<unknown>): void {
  let interrupted = false;
  onInterrupt((count, obey) => {
    interrupted = true;
    obey(count);
  });
  beforeRun(() => {
    interrupted = false;
  });
  afterRun(async (run) => {
    await run.catch(() => undefined);
    return interrupted ? change(run) : run;
  });
}

/** Whether an error is the KeyboardInterrupt that stands for the cancellation of main. */
export const standsForCancellation = (error: unknown): error is KeyboardInterrupt =>
  error instanceof KeyboardInterrupt && isCancelled(error.cause);
