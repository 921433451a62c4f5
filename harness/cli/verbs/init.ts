import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { exitCodes, type ExitCode } from "../exit-codes";
import { filesFor } from "../init/files";
import type { Output } from "../output";
import { packageVersion } from "../package-version";
import { parseSubject } from "../subjects/parse";
import { UsageError } from "../../usage-error";
import { writeAtomically } from "../write-atomically";

/** What commander understood of the options of `init`. */
export interface InitOptions {
  /** What the subject is called; absent means `mine`. */
  readonly name?: string;
  /** The project; absent means the current folder. */
  readonly folder?: string;
}

/** Writes what a project needs to be gated. Throws UsageError where a file is there already: none is written then. */
export function init(subject: string, options: InitOptions, output: Output): ExitCode {
  const folder = resolve(options.folder ?? ".");
  const name = options.name ?? "mine";
  if (!/^[\w.-]+$/.test(name)) {
    throw new UsageError(
      `expected a name of letters, digits, dots and dashes after --name, got ${JSON.stringify(name)}`,
    );
  }
  parseSubject(subject, folder);
  const files = filesFor({ name, subject, version: packageVersion() });
  const taken = files.filter(({ path }) => existsSync(join(folder, path)));
  if (taken.length > 0) {
    throw new UsageError(
      `expected a project without ${taken.map(({ path }) => path).join(", ")}, got one that has it; remove it first, or add the subject to it`,
    );
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeAtomically(join(folder, path), text);
    output.print(`wrote ${path}`);
  }
  output.print(
    `next: runner-conformance run ${name}; then runner-conformance baseline update ${name}`,
  );
  return exitCodes.asExpected;
}
