import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { packageRoot } from "../../adapters/package-root";
import { count } from "../describe";
import type { Report } from "../model";
import { pageData } from "./data";
import { embeddedJson, escaped } from "./markup";
import { statementsTable } from "./statements";

/** The files of the client, in the order they are written into one script. */
export const clientFiles: readonly string[] = [
  "page.js",
  "parts.js",
  "matrix.js",
  "filter.js",
  "evidence.js",
  "requirement-page.js",
  "subject-page.js",
  "keyboard.js",
  "routes.js",
];

/** The report as one page that needs nothing else and cannot ask for anything: no network, no script but its own. */
export function htmlReport(report: Report): string {
  const data = pageData(report);
  const script = `(() => {\n"use strict";\n${clientFiles.map((file) => source("client", file)).join("\n")}})();`;
  const style = source("style.css");
  const parts: Record<string, string> = {
    policy: policy(script, style),
    style: `<style>${style}</style>`,
    about: escaped(aboutLine(report, data.requirements.length)),
    incomplete: report.complete ? "" : source("incomplete.html"),
    statements: statementsTable(report),
    version: escaped(report.version),
    data: `<script type="application/json" id="data">${embeddedJson(data)}</script>`,
    script: `<script>${script}</script>`,
  };
  return source("page.html").replace(
    /<!-- (\w+) -->|\{\{(\w+)\}\}/g,
    (_, element: string | undefined, text = "") => parts[element ?? String(text)] ?? "",
  );
}

/** Only what we wrote may run, and nothing may be loaded: not even by what a subject smuggles in. */
function policy(script: string, style: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function aboutLine({ subjects, startedAt }: Report, requirements: number): string {
  const when = startedAt.toISOString().slice(0, 16).replace("T", " ");
  return `${count(subjects.length, "implementation")} · ${count(requirements, "requirement")} · ${when} UTC`;
}

/** Files of the package that are no TypeScript stand where they are written, compiled or not. */
const source = (...path: readonly string[]): string =>
  readFileSync(join(packageRoot(), "harness/report/html", ...path), "utf8").replaceAll(
    "\r\n",
    "\n",
  );
