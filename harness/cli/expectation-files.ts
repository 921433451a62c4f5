import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";

import { readExpectations, type ExpectationFile, type Mistake } from "../expectations/file";
import type { ConformanceTest } from "../judge/suite";
import { count } from "../report/describe";
import { UsageError } from "../usage-error";

/** A file with the mistakes that keep it from being used; `forgiven` kinds do not. Throws UsageError with them all. */
export function expectationFile(
  path: string,
  suite: readonly ConformanceTest[],
  forgiven: readonly Mistake["kind"][] = [],
): ExpectationFile {
  const { file, mistakes } = readFile(path, suite);
  const unforgiven = mistakes.filter(({ kind }) => !forgiven.includes(kind));
  if (unforgiven.length > 0) throw new UsageError(complaint(file.path, unforgiven));
  return file;
}

/** A file with everything that is wrong with it. Throws UsageError when it cannot be read. */
export function readFile(path: string, suite: readonly ConformanceTest[]) {
  return readExpectations(shownPath(path), textOf(path), { suite, today: new Date() });
}

/** All mistakes of a file, one per line. */
export const complaint = (path: string, mistakes: readonly Mistake[]): string =>
  [
    `expected a file of expectations without mistakes, got ${count(mistakes.length, "mistake")}:`,
    ...mistakes.map(({ line, message }) => `  ${path}:${line}: ${message}`),
  ].join("\n");

/** As somebody in this folder would write it. */
export function shownPath(path: string): string {
  const inside = relative(process.cwd(), resolve(path));
  return inside.startsWith("..") ? resolve(path) : inside;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(
      `expected a file of expectations, got ${JSON.stringify(path)}: ${(error as Error).message}; write one with baseline init`,
    );
  }
}
