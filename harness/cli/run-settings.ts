import { availableParallelism } from "node:os";

import type { Shard } from "../judge/plan";
import { editionNamed } from "./edition-option";
import { requestedReports, type RequestedReport } from "./report-options";
import type { Selectors } from "./select";
import { UsageError } from "../usage-error";
import { makeFolder } from "./writable";

/** What commander understood of the options of `run`; those of report formats are in `reportFormats`. */
export interface RunOptions {
  readonly edition?: string;
  readonly family?: readonly string[];
  readonly requirement?: readonly string[];
  readonly grep?: string;
  readonly jobs?: string;
  readonly isolate?: boolean;
  readonly timeoutMultiplier?: string;
  readonly failFast?: boolean;
  readonly slow?: boolean;
  readonly out?: string;
  readonly shard?: string;
  readonly expectations?: string;
}

/** The same, checked. */
export interface RunSettings {
  readonly selectors: Selectors;
  readonly jobs: number;
  readonly isolate: boolean;
  readonly timeoutMultiplier: number;
  readonly failFast: boolean;
  /** Whether tests that take minutes run too. */
  readonly slow: boolean;
  readonly reports: readonly RequestedReport[];
  /** The folder for result files. */
  readonly out: string | undefined;
  readonly shard: Shard | undefined;
  /** A file that says what is expected of every subject; absent means what the configuration says. */
  readonly expectations: string | undefined;
}

/** Checks the options before anything is started. Throws UsageError. */
export function runSettings(options: RunOptions): RunSettings {
  // Reports may go into it.
  if (options.out !== undefined) makeFolder("--out", options.out);
  const reports = requestedReports({ ...options });
  return {
    selectors: {
      families: options.family ?? [],
      requirements: options.requirement ?? [],
      grep: options.grep,
      edition: options.edition === undefined ? undefined : editionNamed(options.edition),
    },
    jobs: positive("--jobs", options.jobs, availableParallelism(), /^[1-9]\d{0,3}$/),
    isolate: options.isolate ?? false,
    timeoutMultiplier: positive("--timeout-multiplier", options.timeoutMultiplier, 1),
    failFast: options.failFast ?? false,
    slow: options.slow ?? false,
    reports,
    out: options.out,
    shard: options.shard === undefined ? undefined : shardNamed(options.shard),
    expectations: options.expectations,
  };
}

function positive(
  option: string,
  text: string | undefined,
  otherwise: number,
  form = /^\d*\.?\d+$/,
): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (form.test(text) && number > 0) return number;
  throw new UsageError(
    `expected a positive number after ${option}, got ${JSON.stringify(text)}; write for instance ${option} 2`,
  );
}

function shardNamed(text: string): Shard {
  const [, index = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of) return { index, of };
  throw new UsageError(
    `expected a part of a whole after --shard, got ${JSON.stringify(text)}; write for instance --shard 1/3`,
  );
}
