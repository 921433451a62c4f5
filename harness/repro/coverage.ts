import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { newestEdition } from "../../spec/editions";
import type { SubjectSpec } from "../subject-spec";
import { allowances, judge } from "../judge/judge";
import { concerns, type ConformanceTest } from "../judge/suite";
import { Adapter } from "../session/adapter";
import { reproduction } from "./reproduction";
import { tried } from "./trial";

/** How many runs a script gets: the order among leftover tasks and generators varies from run to run. */
const runs = 5;

/** What came of turning the transcript of a passing test into a script. */
export interface Replay {
  readonly title: string;
  /** What the puppets did that has no translation. */
  readonly missing: readonly string[];
  /** Whether everything the script saw is what the harness saw, event for event. */
  readonly same: boolean;
  /** What it said last; for people. */
  readonly said: string;
}

/** Judges tests on a subject and lets the script of each that passes do the same again. */
export async function replays(
  tests: readonly ConformanceTest[],
  spec: SubjectSpec,
  onReplay: (replay: Replay) => void = () => undefined,
): Promise<readonly Replay[]> {
  const adapter = await Adapter.start(spec.command, { timeoutMultiplier: 3 });
  const edition = adapter.hello.editions.at(-1) ?? newestEdition;
  const folder = mkdtempSync(join(tmpdir(), "runner-conformance-replay-"));
  const found: Replay[] = [];
  try {
    for (const test of tests.filter((candidate) => concerns(candidate, edition))) {
      const judgement = await judge(test, adapter, edition, allowances(3));
      if (judgement.verdict.outcome !== "pass") continue;
      const script = reproduction(spec, { test, ...judgement });
      const file = join(folder, script.fileName);
      writeFileSync(file, script.source);
      const { missing } = script;
      const replay = { title: test.title, missing, ...(await replayed(script, file)) };
      found.push(replay);
      onReplay(replay);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await adapter.stop();
  }
  return found;
}

async function replayed(script: Parameters<typeof tried>[0], file: string) {
  let said = "";
  for (let run = 1; run <= runs; run++) {
    const trial = await tried(script, file);
    // A script calls the recorded events a failure; here they are a success, seen again.
    if (trial.shows) return { same: true, said: "" };
    said = trial.said;
  }
  return { same: false, said };
}
