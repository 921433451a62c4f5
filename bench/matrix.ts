import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { packageRoot } from "../harness/adapters/package-root";
import { print } from "./suite/measure";

/**
 * What judging real subjects side by side saves: all in one run with a job per processor, against one run after the
 * other with one job each. Bar: 1.7 times faster on two processors. Processor time is told as well, because the clock
 * also counts what else the machine does; half of it is what two processors need that do nothing else.
 *
 * Options: `--cache FOLDER` where the subjects are, `--together` to leave out the slow half.
 */
const usual = ["cpython-3.10", "cpython-3.13", "cpython-3.14", "taskgroup", "uvloop", "rloop"];
const cli = join(packageRoot(), "dist/harness/cli/main.js");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cache: { type: "string" }, together: { type: "boolean" } },
});
const names = positionals.length > 0 ? positionals : usual;
const jobs = availableParallelism();

const together = measured("side by side", names, jobs);
if (values.together !== true) {
  const alone = names.map((name) => measured(name, [name], 1));
  const sum = alone.reduce((one, other) => ({
    wall: one.wall + other.wall,
    processor: one.processor + other.processor,
  }));
  tell("one by one", sum);
  print(`ratio: ${(sum.wall / together.wall).toFixed(2)} with ${jobs} jobs (bar 1.70 with 2)`);
}

interface Times {
  /** Seconds by the clock. */
  readonly wall: number;
  /** Seconds of processors, of the harness and of everything it started. */
  readonly processor: number;
}

function measured(title: string, subjects: readonly string[], number: number): Times {
  const cache = values.cache === undefined ? [] : ["--cache", values.cache];
  const args = [cli, "subjects", "run", ...subjects, ...cache, "--jobs", String(number)];
  const [begin, before] = [performance.now(), ofChildren()];
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  // Failures of a subject are no concern of ours; that it was not judged is.
  if (status !== 0 && status !== 1)
    throw new Error(`expected a run of ${title}, got exit ${status}`);
  const times = { wall: (performance.now() - begin) / 1000, processor: ofChildren() - before };
  tell(title, times);
  return times;
}

function tell(title: string, { wall, processor }: Times): void {
  print(
    `${title.padEnd(24)} ${wall.toFixed(0).padStart(5)} s, ${processor.toFixed(0)} s of processors`,
  );
}

/** Processor time of all children that have ended, and of theirs, in seconds; Linux only. */
function ofChildren(): number {
  const stat = readFileSync("/proc/self/stat", "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticksPerSecond = 100;
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}
