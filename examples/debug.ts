/* eslint-disable no-console */
import { currentTask, logger, run, sleep, type Coroutine } from "../reference";

function* main(): Coroutine<void> {
  currentTask()?.setName("main");
  yield* sleep(0);
  const start = Date.now();
  while (Date.now() - start < 150); // slow: nothing else runs meanwhile
  yield* sleep(0);
}

// Warnings go to stderr unless the program wants them elsewhere.
logger.warning = (message) => {
  console.log(message.replace(/\d+\.\d+/, "N"));
};

void run(main(), { debug: true });
