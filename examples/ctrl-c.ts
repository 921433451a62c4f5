/* eslint-disable no-console */
import { run, sleep, type Coroutine } from "../reference";

function* main(): Coroutine<void> {
  console.log("working; press Ctrl-C");
  try {
    yield* sleep(3600);
  } finally {
    yield* sleep(0.1); // cleaning up may wait
    console.log("cleaned up");
  }
}

void run(main());
