import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder of this package: what is not TypeScript stays in the source tree, whether we run there or in
 * `dist/`.
 */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
