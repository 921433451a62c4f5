import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

import { judge, type Allowances } from "../../../harness/judge/judge";
import { concerns, type ConformanceTest } from "../../../harness/judge/suite";
import { Adapter } from "../../../harness/session/adapter";
import type { AdapterCommand } from "../../../harness/session/command";
import { editions, type Edition } from "../../../spec/editions";
import { wholeReference } from "../command";

/** What answers without doing anything; see probe.ts. */
const probes = [
  "answers-at-once",
  "answers-with-an-object",
  "answers-true",
  "answers-false",
  "echoes",
  "always-raises",
  "always-hangs",
] as const;

/** Nobody computes anything, so whatever is to come comes at once. */
const impatient: Allowances = { testMs: 150, quietMs: 5 };

/** Complaints about tests that pass on something that does nothing. */
export async function checkVacuity(
  suite: readonly ConformanceTest[],
  jobs: number,
): Promise<string[]> {
  const complaints: string[] = [];
  const queue = [...probes];
  const worker = async () => {
    for (let probe = queue.shift(); probe !== undefined; probe = queue.shift()) {
      const command = probeCommand(probe);
      for (const [edition, tests] of byLastEdition(suite)) {
        // Nothing passes without an answer, and every test costs a process: one of each requirement is enough.
        const asked = probe === "always-hangs" ? firstOfEach(tests) : tests;
        const passed = await passesOf(command, asked, edition);
        complaints.push(...passed.map((title) => `${title} passes on a probe that ${probe}`));
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  for (const title of await passesOnReplay(suite)) {
    complaints.push(`${title} passes on canned answers of the reference`);
  }
  return complaints;
}

/** Records a run of the reference and plays its part again to the same tests, in which every nonce is another. */
async function passesOnReplay(suite: readonly ConformanceTest[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "replay-"));
  const passed: string[] = [];
  try {
    for (const [edition, tests] of byLastEdition(suite)) {
      const file = join(folder, `${edition}.json`);
      const recorded = await record(tests, edition);
      writeFileSync(file, JSON.stringify(recorded.map(({ answers }) => answers)));
      // Whoever breaks down is started again from the beginning, so every test gets a replay of its own.
      for (const [index, { test }] of recorded.entries()) {
        writeFileSync(file, JSON.stringify([recorded[index]?.answers ?? []]));
        passed.push(
          ...(await passesOf(probeCommand("replays-the-reference", file), [test], edition)),
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return passed;
}

async function record(tests: readonly ConformanceTest[], edition: Edition) {
  const adapter = await Adapter.start(wholeReference(edition));
  const recorded: { test: ConformanceTest; answers: unknown[] }[] = [];
  for (const test of tests) {
    const { transcript, verdict } = await judge(test, adapter, edition, {
      testMs: 15_000,
      quietMs: 25,
    });
    if (verdict.outcome === "unsupported") continue;
    const answers = transcript
      .filter(({ from, message }) => from === "adapter" && "type" in message)
      .map(({ message }) => message)
      .filter(
        (message) => !["hello", "opened", "closed"].includes((message as { type: string }).type),
      );
    recorded.push({ test, answers });
  }
  await adapter.stop();
  return recorded;
}

async function passesOf(
  command: AdapterCommand,
  tests: readonly ConformanceTest[],
  edition: Edition,
): Promise<readonly string[]> {
  const adapter = await Adapter.start(command);
  const passed: string[] = [];
  try {
    for (const test of tests) {
      const { verdict } = await judge(test, adapter, edition, impatient);
      if (verdict.outcome === "pass") passed.push(test.title);
    }
  } finally {
    await adapter.stop();
  }
  return passed;
}

const firstOfEach = (tests: readonly ConformanceTest[]): readonly ConformanceTest[] =>
  tests.filter(
    ({ requirement }, index) => tests.findIndex((it) => it.requirement === requirement) === index,
  );

/** Each test once, under the last edition it concerns. */
function byLastEdition(suite: readonly ConformanceTest[]): Map<Edition, ConformanceTest[]> {
  const groups = new Map<Edition, ConformanceTest[]>();
  for (const test of suite) {
    const last = editions.findLast((edition) => concerns(test, edition));
    if (last !== undefined) groups.set(last, [...(groups.get(last) ?? []), test]);
  }
  return groups;
}

const extension = extname(__filename);

const probeCommand = (...args: readonly string[]): AdapterCommand => ({
  command: process.execPath,
  args: [
    ...(extension === ".ts" ? ["--require", "ts-node/register/transpile-only"] : []),
    join(__dirname, `probe${extension}`),
    ...args,
  ],
});
