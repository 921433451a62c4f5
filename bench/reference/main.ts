import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";

import { print } from "../suite/measure";
import { implementations, type Implementation } from "./implementations";
import { rowNames, rows, type Row } from "./rows";
import { misses, table } from "./table";

/**
 * The reference beside asyncio, uvloop, effect, effection and plain async/await. Each measurement is a process of its
 * own; the implementations take turns, so that what disturbs the machine disturbs all of them.
 */
const { values: options } = parseArgs({
  options: {
    repeat: { type: "string", default: "5" },
    row: { type: "string", multiple: true, default: [...rowNames] },
    /** Less of everything by this factor, for a first look. */
    less: { type: "string", default: "1" },
    /** Time by the clock instead of the processor's: for a machine that does nothing else. */
    wall: { type: "boolean", default: false },
  },
});

const columns = implementations();
const chosen = rowNames.filter((row) => options.row.includes(row));
const results = new Map(
  chosen.map((row) => [row, new Map(columns.map(({ name }) => [name, [] as number[]]))]),
);

for (const { name, command } of columns) {
  if ("missing" in command) print(`${name} is left out: ${command.missing}`);
}
const loadBefore = loadavg()[0] ?? 0;
for (let round = 0; round < Number(options.repeat); round++) {
  for (const row of chosen) {
    for (const column of columns) {
      const value = measure(column, row);
      if (value !== null) results.get(row)?.get(column.name)?.push(value);
    }
  }
}

print(`median (minimum) of ${options.repeat} · ratio to CPython`);
print(`${options.wall ? "wall clock" : "processor time"}; load ${loadNow(loadBefore)}\n`);
print(
  table(
    columns.map(({ name }) => name),
    results,
    (row) => rows[row],
  ),
);
const missed = misses(results);
print(missed.length === 0 ? "\nEvery bar holds." : `\nMissed:\n${missed.join("\n")}`);

/** Nanoseconds or bytes for one time; null if it cannot be measured. */
function measure({ name, command }: Implementation, row: Row): number | null {
  if ("missing" in command) return null;
  const count = Math.round(rows[row].count / Number(options.less));
  const [program, ...args] = [...command, row, String(count)];
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) {
    print(`${name} failed at ${row}:\n${stderr}`);
    return null;
  }
  const measured = JSON.parse(stdout) as { bytes: number } | { cpu: number; wall: number };
  if ("bytes" in measured) return measured.bytes;
  return (options.wall ? measured.wall : measured.cpu) * 1e9;
}

function loadNow(before: number): string {
  return `${before.toFixed(1)} to ${(loadavg()[0] ?? 0).toFixed(1)}`;
}
