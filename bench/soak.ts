import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { exitCodes } from "../harness/cli/exit-codes";
import { processOutput } from "../harness/cli/output";
import { perform } from "../harness/cli/program";
import { changesOf, verdictsOf, type Verdicts } from "./soak/verdicts";

/*
 * npm run soak -- [--times N] [--busy N] [--family NAME]… [--requirement ID]… [subjects…]
 *
 * Judges the same subjects again and again while every processor is kept busy by somebody else, and compares the
 * verdicts: a verdict that depends on the machine's mood is a mistake of the suite's. Exit code 1 if any changed.
 */

/** Uses up one processor until whoever started it closes its stdin or ends. */
const busyness =
  "process.stdin.on('end', () => process.exit()).resume();" +
  "(function spin() { const end = Date.now() + 20; while (Date.now() < end); setImmediate(spin); })()";

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      times: { type: "string", default: "100" },
      busy: { type: "string", default: String(availableParallelism()) },
      family: { type: "string", multiple: true, default: [] },
      requirement: { type: "string", multiple: true, default: [] },
    },
  });
  const subjects = positionals.length > 0 ? positionals : ["python:python3.13", "reference"];
  const args = [
    ...subjects,
    ...values.family.flatMap((name) => ["--family", name]),
    ...values.requirement.flatMap((id) => ["--requirement", id]),
  ];
  const stop = keepBusy(atLeast(0, "--busy", values.busy));
  try {
    return await soak(args, atLeast(2, "--times", values.times));
  } finally {
    stop();
  }
}

async function soak(args: readonly string[], times: number): Promise<number> {
  const output = processOutput();
  const repetitions: Verdicts[] = [];
  let changes: readonly string[] = [];
  for (let turn = 1; turn <= times; turn++) {
    const started = performance.now();
    const { code, verdicts } = await judged(args);
    if (code === exitCodes.interrupted) return code;
    repetitions.push(verdicts);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const before = changes.length;
    changes = changesOf(repetitions);
    output.narrate(
      `${turn}/${times}: ${verdicts.size} verdicts in ${seconds} s, ${changes.length} changed so far`,
    );
    if (changes.length > before) output.narrate(changes.join("\n"));
  }
  const decided = repetitions[0]?.size ?? 0;
  output.print(
    [...changes, `${decided} verdicts, ${times} times: ${changes.length} changed`].join("\n"),
  );
  return changes.length === 0 ? 0 : 1;
}

async function judged(args: readonly string[]): Promise<{ code: number; verdicts: Verdicts }> {
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  const file = join(folder, "results.json");
  const quiet = { ...processOutput(), print: () => undefined, narrate: () => undefined };
  try {
    const code = await perform(["run", ...args, "--json", file], { ...quiet, rewrite: undefined });
    return { code, verdicts: verdictsOf(readFileSync(file, "utf8")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Starts so many busy processes; gives what ends them. */
function keepBusy(count: number): () => void {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ["-e", busyness], { stdio: ["pipe", "ignore", "inherit"] }),
  );
  return () => {
    for (const child of children) child.kill("SIGKILL");
  };
}

function atLeast(least: number, option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`expected a whole number from ${least} on after ${option}, got ${text}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    processOutput().narrate(`soak: ${(error as Error).message}`);
    process.exitCode = exitCodes.usage;
  },
);
