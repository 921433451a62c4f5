import { accessSync, constants, existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";

import { editionNamed } from "./edition-option";
import type { Selectors } from "./select";
import { UsageError } from "./usage-error";

/** What commander understood of the options of `run`. */
export interface RunOptions {
  readonly edition?: string;
  readonly family?: readonly string[];
  readonly requirement?: readonly string[];
  readonly grep?: string;
  readonly jobs?: string;
  readonly isolate?: boolean;
  readonly timeoutMultiplier?: string;
  readonly failFast?: boolean;
  readonly json?: string;
  readonly expectations?: string;
}

/** The same, checked. */
export interface RunSettings {
  readonly selectors: Selectors;
  readonly jobs: number;
  readonly isolate: boolean;
  readonly timeoutMultiplier: number;
  readonly failFast: boolean;
  /** A file, or `-` for stdout. */
  readonly json: string | undefined;
  /** A file that says what is expected of every subject; absent means what the configuration says. */
  readonly expectations: string | undefined;
}

/** Checks the options before anything is started. Throws UsageError. */
export function runSettings(options: RunOptions): RunSettings {
  if (options.json !== undefined && options.json !== "-") refuseUnwritable(options.json);
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
    json: options.json,
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

/** A run takes minutes; that its result cannot be written must be known before. */
function refuseUnwritable(file: string): void {
  const path = resolve(file);
  const reason = whyUnwritable(path);
  if (reason === undefined) return;
  throw new UsageError(
    `expected a file to write after --json, got ${JSON.stringify(file)}: ${reason}`,
  );
}

function whyUnwritable(path: string): string | undefined {
  if (existsSync(path) && statSync(path).isDirectory()) return "it is a folder";
  const folder = dirname(path);
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  if (!statSync(folder).isDirectory()) return `${folder} is not a folder`;
  try {
    accessSync(existsSync(path) ? path : folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
