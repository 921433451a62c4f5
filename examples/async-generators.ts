/* eslint-disable no-console */
import { asyncGenerator, emit, forEach, run, sleep, type Coroutine } from "../reference";

const countdown = asyncGenerator(function* (from: number) {
  try {
    for (let n = from; n > 0; n--) {
      yield* sleep(0.01);
      yield* emit(n);
    }
  } finally {
    yield* sleep(0.01);
    console.log("closed");
  }
});

function* main(): Coroutine<void> {
  yield* forEach(countdown(2), function* (n) {
    console.log(n);
    yield* sleep(0);
  });

  // Left in the middle: the run closes it at its end.
  const abandoned = countdown(10);
  console.log((yield* abandoned.anext()).value);
  console.log("main ends");
}

void run(main());
