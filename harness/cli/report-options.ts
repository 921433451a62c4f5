import type { Command } from "commander";

import { reportFormats, type ReportFormat } from "../report/formats";
import type { Report } from "../report/model";
import type { Output } from "./output";
import { UsageError } from "../usage-error";
import { refuseUnwritable } from "./writable";
import { writeAtomically } from "./write-atomically";

/** A report somebody asked for beside the terminal's. */
export interface RequestedReport {
  readonly format: ReportFormat;
  /** A file, or `-` for stdout instead of the terminal's report. */
  readonly file: string;
}

/** Gives a verb one option per format. */
export function addReportOptions(command: Command): Command {
  for (const { option, describes } of reportFormats) {
    command.option(
      `--${option} <file>`,
      `also write ${describes}; - for stdout instead of the report`,
    );
  }
  return command;
}

/** What commander understood of them, checked before anything is started. Throws UsageError. */
export function requestedReports(
  options: Readonly<Record<string, unknown>>,
): readonly RequestedReport[] {
  const requested = reportFormats.flatMap((format) => {
    const file = options[format.option];
    return typeof file === "string" ? [{ format, file }] : [];
  });
  for (const { format, file } of requested) {
    if (file !== "-") refuseUnwritable(`--${format.option}`, file);
  }
  const onStdout = requested.filter(({ file }) => file === "-");
  if (onStdout.length <= 1) return requested;
  throw new UsageError(
    `expected one report on stdout, got ${onStdout.map(({ format }) => `--${format.option} -`).join(" and ")}; name a file for the others`,
  );
}

/** Whether the report for people goes to stdout: nothing else does. */
export const leavesStdout = (requested: readonly RequestedReport[]): boolean =>
  !requested.some(({ file }) => file === "-");

/** Writes every report that can be written, and says of the others why not. False when there are such. */
export function writeReports(
  requested: readonly RequestedReport[],
  report: Report,
  { exitCode, output }: { readonly exitCode: number; readonly output: Output },
): boolean {
  const written = requested.map(({ format, file }) => {
    const text = format.render(report, exitCode);
    if (file === "-") output.print(text.trimEnd());
    else return wrote(file, text, output);
    return true;
  });
  return !written.includes(false);
}

function wrote(file: string, text: string, output: Output): boolean {
  try {
    writeAtomically(file, text);
    return true;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.narrate(`runner-conformance: ${error.message}`);
    return false;
  }
}
