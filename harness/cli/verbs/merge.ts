import { count } from "../../report/describe";
import { readResults } from "../../results/find";
import { merged } from "../../results/merge";
import { exitCodes, type ExitCode } from "../exit-codes";
import type { Output } from "../output";
import { refuseUnwritable } from "../writable";
import { writeAtomically } from "../write-atomically";

/** Puts the shares of a subject into one result file; what they say is for `report`. */
export function merge(
  paths: readonly string[],
  { out }: { readonly out: string },
  output: Output,
): ExitCode {
  refuseUnwritable("--out", out);
  const files = readResults(paths);
  const lines = merged(files).map((record) => `${JSON.stringify(record)}\n`);
  writeAtomically(out, lines.join(""));
  output.narrate(`merged ${count(files.length, "result file")} into ${out}`);
  return exitCodes.asExpected;
}
