import { readFileSync } from "node:fs";

import { rowNames, timersAtOnce, type Programs, type Row } from "./rows";

/**
 * `node --expose-gc program.js MODULE ROW COUNT` measures one row with one implementation, in a process of its own, and
 * prints seconds (of processor and of wall clock) or bytes, for one time.
 */
async function main(): Promise<void> {
  const [module = "", name = "", count = ""] = process.argv.slice(2);
  const row = rowNames.find((known) => known === name);
  if (row === undefined) throw new Error(`expected one of ${rowNames.join(", ")}, got ${name}`);
  const { programs } = (await import(module)) as { programs: Programs };
  const measured = await measure(programs, row, Number(count));
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

async function measure(programs: Programs, row: Row, count: number): Promise<unknown> {
  if (row === "idle-task") return bytesOf(programs, count);
  await programs[row](Math.max(count / 10, timersAtOnce));
  globalThis.gc?.();
  const wall = performance.now();
  const cpu = process.cpuUsage();
  await programs[row](count);
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1e6 / count, wall: (performance.now() - wall) / 1e3 / count };
}

/** What twice as many tasks need more. So what the process needs in any case, for new objects for instance, is not in it. */
async function bytesOf(programs: Programs, count: number): Promise<{ bytes: number }> {
  const occupied: number[] = [];
  for (const tasks of [count, 2 * count]) {
    await programs["idle-task"](tasks, () => occupied.push(residentBytes()));
  }
  const [once = Number.NaN, twice = Number.NaN] = occupied;
  return { bytes: (twice - once) / count };
}

/** What the process occupies, garbage apart. Of all there is to ask, only this means the same in Python. */
function residentBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const pages = Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]);
  return pages * 4096;
}

void main().then(() => process.exit());
