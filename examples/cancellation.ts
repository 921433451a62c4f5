/* eslint-disable no-console */
import { createTask, currentSignal, isCancelled, run, sleep, timeout } from "../reference";
import { TimeoutError, type Coroutine } from "../reference";

function* worker(name: string): Coroutine<void> {
  // For everything that takes a signal. It is aborted when this task is cancelled.
  currentSignal().addEventListener("abort", () => {
    console.log(`${name}: signal aborted`);
  });
  try {
    yield* sleep(3600);
  } finally {
    yield* sleep(0.01);
    console.log(`${name}: cleaned up`);
  }
}

function* main(): Coroutine<void> {
  const first = createTask(worker("first"));
  yield* sleep(0);
  first.cancel();
  try {
    yield* first;
  } catch (error) {
    if (!isCancelled(error)) throw error;
    console.log("first is cancelled:", first.cancelled());
  }

  // A time limit cancels what is inside, and turns that into a TimeoutError.
  try {
    yield* timeout(0.05).use(() => worker("second"));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    console.log("second took too long");
  }

  // Cancelled from outside, by anybody's AbortController.
  const controller = new AbortController();
  const third = createTask(worker("third"));
  controller.signal.addEventListener("abort", () => third.cancel(controller.signal.reason));
  setTimeout(() => {
    controller.abort("no longer needed");
  }, 50);
  try {
    yield* third;
  } catch (error) {
    if (!isCancelled(error)) throw error;
    console.log("third:", error.message);
  }
}

void run(main());
