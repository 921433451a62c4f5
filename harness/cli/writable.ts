import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { UsageError } from "../usage-error";

/** A run takes minutes; that its result cannot be written must be known before. Throws UsageError. */
export function refuseUnwritable(option: string, file: string): void {
  const path = resolve(file);
  const reason = whyUnwritable(path);
  if (reason === undefined) return;
  throw new UsageError(
    `expected a file to write after ${option}, got ${JSON.stringify(file)}: ${reason}`,
  );
}

function whyUnwritable(path: string): string | undefined {
  if (existsSync(path) && statSync(path).isDirectory()) return "it is a folder";
  const folder = dirname(path);
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  if (!statSync(folder).isDirectory()) return `${folder} is not a folder`;
  // A file is written beside and then renamed; what is no file is written to.
  const special = existsSync(path) && !statSync(path).isFile();
  return whyNotWritable(special ? path : folder);
}

/** Makes the folder if there is none. Throws UsageError when nothing can be written there. */
export function makeFolder(option: string, folder: string): void {
  const reason = existsSync(folder) ? whyNoFolder(folder) : whyNotMade(folder);
  if (reason === undefined) return;
  throw new UsageError(
    `expected a folder to write to after ${option}, got ${JSON.stringify(folder)}: ${reason}`,
  );
}

const whyNoFolder = (folder: string): string | undefined =>
  statSync(folder).isDirectory() ? whyNotWritable(folder) : "it is a file";

function whyNotMade(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function whyNotWritable(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
