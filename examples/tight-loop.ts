/* eslint-disable no-console */
import { run, sleep, type Coroutine } from "../reference";

function* main(): Coroutine<void> {
  yield* sleep(0);
  console.log("spinning; press Ctrl-C twice");
  for (;;); // the same with while (true) {}
}

void run(main());
