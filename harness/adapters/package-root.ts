import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package, whether this file runs compiled in `dist` or as it is. */
export function packageRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new Error(`expected a package.json above ${__dirname}`);
  }
}
