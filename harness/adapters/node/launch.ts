import { existsSync } from "node:fs";
import { extname, join } from "node:path";

import type { AdapterCommand } from "../../session/command";

const extension = extname(__filename);

/** The program that drives TypeScript implementations; undefined in a build that has none. */
export const nodeAdapterScript = (): string | undefined =>
  existing(join(__dirname, `adapter${extension}`));

/** The reference runner of this package, as its adapter wants it; undefined in a build that has none. */
export const referenceModule = (): string | undefined =>
  existing(join(__dirname, `../../../reference/conformance-subject${extension}`));

/** The command that drives an implementation, given as a module. */
export const nodeAdapter = (
  script: string,
  module: string,
  options: readonly string[] = [],
): AdapterCommand => ({
  command: process.execPath,
  args: [
    ...(extension === ".ts" ? ["--require", "ts-node/register/transpile-only"] : []),
    script,
    module,
    ...options,
  ],
});

const existing = (path: string): string | undefined => (existsSync(path) ? path : undefined);
