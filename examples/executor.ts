/* eslint-disable no-console */
import { getRunningLoop, run, sleep, ThreadPoolExecutor, type Coroutine } from "../reference";

function* main(): Coroutine<void> {
  const loop = getRunningLoop();

  // A function of a module: it may use whatever the module uses.
  const job = { module: require.resolve("./primes"), name: "countPrimes" };
  const primes = loop.runInExecutor(null, job, 100_000);

  // Meanwhile this thread is free.
  yield* sleep(0.01);
  console.log("primes:", yield* primes);

  // A function that needs nothing from around it: its source is sent.
  const digest = async (text: string): Promise<string> => {
    const { createHash } = await import("node:crypto");
    return createHash("sha256").update(text).digest("hex").slice(0, 8);
  };
  console.log("digest:", yield* loop.runInExecutor(null, digest, "hello"));

  // An executor of the program's own, here with one thread.
  const single = new ThreadPoolExecutor({ maxWorkers: 1 });
  try {
    const refuse = (): never => {
      throw new RangeError("too far");
    };
    yield* loop.runInExecutor(single, refuse);
  } catch (error) {
    console.log("error:", error instanceof RangeError, String(error));
  } finally {
    void single.shutdown({ wait: false });
  }
}

void run(main());
