import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { UsageError } from "../usage-error";

/**
 * Writes a file whole or not at all: nobody ever reads half of it, and what was there stays when it fails. What is no
 * file, such as /dev/stderr or a named pipe, is written to. Throws UsageError.
 */
export function writeAtomically(file: string, text: string): void {
  try {
    if (existsSync(file) && !statSync(file).isFile()) writeFileSync(file, text);
    else replace(file, text);
  } catch (error) {
    throw new UsageError(
      `expected to write ${JSON.stringify(file)}, got ${(error as Error).message}; name a file that can be written`,
    );
  }
}

function replace(file: string, text: string): void {
  // A link stays a link, and a file keeps who may read it.
  const target = existsSync(file) ? realpathSync(file) : resolve(file);
  const mode = existsSync(target) ? statSync(target).mode : 0o666;
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(beside, text, { mode });
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
