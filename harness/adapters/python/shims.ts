import { accessSync, constants, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Version managers put small scripts on the PATH that choose an interpreter at every start. They cost a tenth of a
 * second and fail where no version is selected, so we look behind them.
 */

/** Where pyenv lives. */
export const pyenvRoot = (env = process.env): string =>
  env["PYENV_ROOT"] ?? join(homedir(), ".pyenv");

/** Whether a folder holds such scripts instead of programs. */
export const holdsShims = (folder: string): boolean => /[\\/]shims[\\/]?$/.test(folder);

/**
 * The program a bare name stands for: the first on the PATH; for a script of pyenv's, the only version that has that
 * name. Where that is not one, the name itself: the version manager decides.
 */
export function interpreterFor(name: string, env = process.env): string {
  if (/[\\/]/.test(name)) return name;
  const found = (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && isProgram(join(folder, name)));
  const first = found[0];
  if (first === undefined || !holdsShims(first)) return name;
  const versions = programsBelow(join(pyenvRoot(env), "versions"), name);
  const only = versions.length === 1 ? versions[0] : undefined;
  return only ?? name;
}

/** `FOLDER/…/bin/NAME`, as far as they exist; links to the same version count once. */
export function programsBelow(folder: string, name: string): readonly string[] {
  const programs = subfolders(folder)
    .map((version) => join(folder, version, "bin", name))
    .filter(isProgram);
  return [...new Map(programs.map((program) => [realpathSync(program), program])).values()];
}

/** Names in a folder, sorted; none where it cannot be read. */
export function subfolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Whether a file can be executed. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
