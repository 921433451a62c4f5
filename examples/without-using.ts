/* eslint-disable no-console */
import { Runner, sleep } from "../reference";

async function main(): Promise<void> {
  const results = await new Runner({ debug: true }).use(async (runner) => [
    await runner.run(sleep(0.01, "first")),
    await runner.run(sleep(0.01, "second")),
  ]);
  console.log(results.join(", "));
}

void main();
