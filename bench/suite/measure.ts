import { interpreterFor } from "../../harness/adapters/python/shims";

/** The interpreter that is measured: `PYTHON`, else python3.13 of the PATH. */
export const python = process.env["PYTHON"] ?? interpreterFor("python3.13");

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const inMicroseconds = (milliseconds: number): string =>
  `${(milliseconds * 1000).toFixed(0)} µs`.padStart(8);

export const inMilliseconds = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
