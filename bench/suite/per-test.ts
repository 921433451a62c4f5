import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { packageRoot } from "../../harness/adapters/package-root";
import { inMilliseconds, median, print, python } from "./measure";

/**
 * What a test costs, each in a process of its own, against CPython's own tests of the chapter in one process: the bar is
 * not to be slower. Both are whole commands, run in turn.
 */
const rounds = 5;
const cli = join(packageRoot(), "dist/harness/cli/main.js");

const times = { theirs: [] as number[], ours: [] as number[] };
for (let round = 0; round < rounds; round++) {
  times.theirs.push(
    perTest(python, ["-m", "unittest", "test.test_asyncio.test_runners"], /Ran (\d+) tests/),
  );
  times.ours.push(perTest(process.execPath, [cli, "run", `python:${python}`], /: (\d+) tests in/));
}
print(`CPython's own test_runners  ${inMilliseconds(median(times.theirs))} per test`);
print(`runner-conformance run      ${inMilliseconds(median(times.ours))} per test`);
print(`ratio: ${(median(times.ours) / median(times.theirs)).toFixed(2)} (bar 1.00)`);

/** Milliseconds of the whole command, divided by the number of tests it says it ran. */
function perTest(command: string, args: readonly string[], count: RegExp): number {
  const begin = performance.now();
  const { stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  const took = performance.now() - begin;
  const tests = count.exec(stdout + stderr)?.[1];
  if (tests === undefined) throw new Error(`expected ${String(count)}, got ${stderr}`);
  return took / Number(tests);
}
