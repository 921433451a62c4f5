import type * as Annotations from "./annotations";
import type * as Badge from "./badge";
import type * as Html from "./html/html";
import type * as Json from "./json";
import type * as Junit from "./junit";
import type * as Markdown from "./markdown";
import type { Report } from "./model";
import type * as Tap from "./tap";

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
  {
    option: "html",
    describes: "one page for browsers that needs no network",
    render: (report) => (require("./html/html") as typeof Html).htmlReport(report),
  },
  {
    option: "junit",
    describes: "JUnit XML, for CI systems",
    render: (report) => (require("./junit") as typeof Junit).junitReport(report),
  },
  {
    option: "markdown",
    describes: "Markdown, for the summary of a step of GitHub Actions",
    render: (report) => (require("./markdown") as typeof Markdown).markdownReport(report),
  },
  {
    option: "annotations",
    describes: "workflow commands that annotate a run of GitHub Actions",
    render: (report) => (require("./annotations") as typeof Annotations).annotations(report),
  },
  {
    option: "tap",
    describes: "TAP 14",
    render: (report) => (require("./tap") as typeof Tap).tapReport(report),
  },
  {
    option: "badge",
    describes: "a badge, as shields.io reads it",
    render: (report) => (require("./badge") as typeof Badge).badge(report),
  },
];
