import { spawn } from "node:child_process";
import { join } from "node:path";

import { packageRoot } from "../../harness/adapters/package-root";
import { inMilliseconds, median, print, python } from "./measure";

/** From the start of the command to its first verdict: bar 500 ms, from the compiled files. */
const rounds = 9;
const cli = join(packageRoot(), "dist/harness/cli/main.js");

async function main(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await once());
  print(
    `first verdict after ${inMilliseconds(median(times))} (bar 500 ms), best ${inMilliseconds(Math.min(...times))}`,
  );
}

/** One requirement with one test: its report is printed right after its verdict. */
function once(): Promise<number> {
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [cli, "run", `python:${python}`, "--requirement", "result.runner-returns-the-object"],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  return new Promise((resolve) => {
    child.stdout.once("data", () => {
      const took = performance.now() - begin;
      child.once("exit", () => {
        resolve(took);
      });
      child.stdout.resume();
    });
  });
}

void main();
