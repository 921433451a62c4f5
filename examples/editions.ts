/* eslint-disable no-console */
import { runners, sleep } from "../reference";

async function main(): Promise<void> {
  for (const edition of ["3.7", "3.10", "3.13", "3.15"] as const) {
    const { run, Runner } = runners(edition);
    const runner = Runner === undefined ? "no Runner" : "a Runner";
    try {
      await run("no coroutine" as never);
    } catch (error) {
      console.log(`${edition}: ${runner}, ${String(error)}`);
    }
  }
  console.log(await runners("3.10").run(sleep(0.01, "done, as in 3.10")));
}

void main();
