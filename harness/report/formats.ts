import { annotations } from "./annotations";
import { badge } from "./badge";
import { htmlReport } from "./html/html";
import { junitReport } from "./junit";
import { markdownReport } from "./markdown";
import type { Report } from "./model";
import { tapReport } from "./tap";

/** A form in which a report can be written. */
export interface ReportFormat {
  /** The option that asks for it, without dashes. */
  readonly option: string;
  /** What it is good for, for `--help`. */
  readonly describes: string;
  readonly render: (report: Report) => string;
}

/** Every form but the terminal's. */
export const reportFormats: readonly ReportFormat[] = [
  { option: "junit", describes: "JUnit XML, for CI systems", render: junitReport },
  {
    option: "markdown",
    describes: "Markdown, for the summary of a step of GitHub Actions",
    render: markdownReport,
  },
  {
    option: "annotations",
    describes: "workflow commands that annotate a run of GitHub Actions",
    render: annotations,
  },
  { option: "tap", describes: "TAP 14", render: tapReport },
  { option: "badge", describes: "a badge, as shields.io reads it", render: badge },
  { option: "html", describes: "one page for browsers that needs no network", render: htmlReport },
];
