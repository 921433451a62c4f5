import { judge, type Allowances } from "../../harness/judge/judge";
import { concerns, type ConformanceTest } from "../../harness/judge/suite";
import { isFailure, type Verdict } from "../../harness/judge/verdict";
import { Adapter } from "../../harness/session/adapter";
import type { AdapterCommand } from "../../harness/session/command";
import type { Edition } from "../../spec/editions";

/** A test and how it failed. */
export interface Failure {
  readonly test: ConformanceTest;
  readonly verdict: Verdict;
}

/** What the suite says about one implementation. */
export interface Examination {
  /** One failure of each requirement that fails. */
  readonly failures: readonly Failure[];
  /** Titles. */
  readonly passed: readonly string[];
  readonly unsupported: readonly string[];
}

export interface ExaminationOptions {
  readonly edition: Edition;
  readonly allowed: Allowances;
  /** Whether a failure is worth believing at once; any other is looked at again, with patience. */
  readonly believes: (failure: Failure) => boolean;
}

/** A sound test ends in a fraction of this even on a busy machine, and a fault that hangs shall not take long. */
export const brisk: Allowances = { testMs: 2500, quietMs: 25 };

export const patient: Allowances = { testMs: 15_000, quietMs: 100 };

/** Judges an implementation by `tests` in their order; of a requirement that has failed no further test is run. */
export async function examine(
  command: AdapterCommand,
  tests: readonly ConformanceTest[],
  { edition, allowed, believes }: ExaminationOptions,
): Promise<Examination> {
  const adapter = await Adapter.start(command);
  const failures = new Map<string, Failure>();
  const [passed, unsupported]: [string[], string[]] = [[], []];
  try {
    for (const test of tests.filter((each) => concerns(each, edition))) {
      const { id } = test.requirement;
      const before = failures.get(id);
      if (before !== undefined && believes(before)) continue;
      let { verdict } = await judge(test, adapter, edition, allowed);
      if (isFailure(verdict.outcome) && !believes({ test, verdict })) {
        ({ verdict } = await judge(test, adapter, edition, patient));
      }
      if (verdict.outcome === "pass") passed.push(test.title);
      else if (verdict.outcome === "unsupported") unsupported.push(test.title);
      else if (before === undefined || believes({ test, verdict }))
        failures.set(id, { test, verdict });
    }
  } finally {
    await adapter.stop();
  }
  return { failures: [...failures.values()], passed, unsupported };
}
