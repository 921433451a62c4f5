/* eslint-disable no-console */
import { Context, ContextVar, Runner, sleep, type Coroutine } from "../reference";

const visits = new ContextVar("visits", { default: 0 });

function* visit(): Coroutine<number> {
  visits.set(visits.get() + 1);
  yield* sleep(0);
  return visits.get();
}

async function main(): Promise<void> {
  await using runner = new Runner();
  console.log("first run:", await runner.run(visit()));
  console.log("second run:", await runner.run(visit()));
  console.log("in another context:", await runner.run(visit(), { context: new Context() }));
  console.log("outside:", visits.get());
}

void main();
