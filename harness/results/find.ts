import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

import { UsageError } from "../usage-error";
import { resultEnding } from "./file-names";
import { parseResult, type ResultFile } from "./parse";

/** Reads result files, each once; a folder means every result file in it, by name. Throws UsageError. */
export function readResults(paths: readonly string[]): readonly ResultFile[] {
  const files = new Map<string, ResultFile>();
  for (const path of paths.flatMap(filesOf)) {
    const real = realpathSync(path);
    if (!files.has(real)) files.set(real, parseResult(path, textOf(path)));
  }
  return [...files.values()];
}

function filesOf(path: string): readonly string[] {
  if (!isFolder(path)) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith(resultEnding));
  if (names.length > 0) return names.sort(byName).map((name) => join(path, name));
  throw new UsageError(
    `expected result files (*${resultEnding}) in ${path}, got none; name a folder that run --out wrote to`,
  );
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) return found.isDirectory();
  throw new UsageError(
    `expected a result file or a folder of them, got ${JSON.stringify(path)}, which does not exist`,
  );
}

/** 3.9 stands before 3.10. */
const byName = (one: string, other: string): number =>
  one.localeCompare(other, "en", { numeric: true });

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(
      `expected a result file that can be read, got ${path}: ${(error as Error).message}`,
    );
  }
}
