/* eslint-disable no-console */
import { KeyboardInterrupt, Runner, sleep, type Coroutine } from "../reference";

function* work(): Coroutine<void> {
  console.log("working; press Ctrl-C");
  yield* sleep(3600);
}

function* sayGoodbye(): Coroutine<void> {
  yield* sleep(0.1);
  console.log("goodbye");
}

async function main(): Promise<void> {
  await using runner = new Runner();
  try {
    await runner.run(work());
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt)) throw error;
    await runner.run(sayGoodbye()); // Ctrl-C counts from one again
    process.exitCode = 3;
  }
}

void main();
