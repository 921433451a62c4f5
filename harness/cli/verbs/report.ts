import { terminalReport } from "../../report/terminal";
import { readResults } from "../../results/find";
import { reportOfResults } from "../../results/report-of";
import { exitCodes, type ExitCode } from "../exit-codes";
import { exitCodeOf } from "../outcome";
import type { Output } from "../output";
import { leavesStdout, requestedReports, writeReports } from "../report-options";

/** Reports what was recorded, and ends as the run did that recorded it. */
export function report(
  paths: readonly string[],
  options: Readonly<Record<string, unknown>>,
  output: Output,
): ExitCode {
  const requested = requestedReports(options);
  const recorded = reportOfResults(readResults(paths));
  const exitCode = recorded.complete ? exitCodeOf(recorded) : exitCodes.interrupted;
  const written = writeReports(requested, recorded, { exitCode, output });
  if (leavesStdout(requested)) output.print(terminalReport(recorded, output));
  return written ? exitCode : exitCodes.usage;
}
