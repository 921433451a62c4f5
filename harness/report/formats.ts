import type * as Json from "./json";
import type { Report } from "./model";

// import() goes through Node's loader for ES modules, which knows neither extensionless names nor, under ts-node, .ts.
/* eslint-disable @typescript-eslint/no-require-imports */

/** One form a report can be written in. */
export interface ReportFormat {
  /** The option that asks for it, without dashes; one word. */
  readonly option: string;
  /** What its help says after "also write". */
  readonly describes: string;
  /** The whole file. `exitCode` is what the command line ends with. */
  readonly render: (report: Report, exitCode: number) => string;
}

/**
 * Every form but the terminal's: each is an option of `run` and of `report`. A form loads what renders it when it
 * renders, because the table is read before the first interpreter starts.
 */
export const reportFormats: readonly ReportFormat[] = [
  {
    option: "json",
    describes: "everything as JSON",
    render: (report, exitCode) => (require("./json") as typeof Json).jsonReport(report, exitCode),
  },
];
