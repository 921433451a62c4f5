import type { Command } from "commander";

import type { ExitCode } from "./exit-codes";
import { lazily } from "./lazily";
import type { Output } from "./output";
import { addReportOptions } from "./report-options";

/** The verbs that work on result files. */
export function addResultVerbs(
  program: Command,
  output: Output,
  done: (code: ExitCode) => void,
): void {
  const report = program
    .command("report <results...>")
    .description("report what run --out recorded; a folder means every result in it");
  addReportOptions(report).action(
    (paths: readonly string[], options: Readonly<Record<string, unknown>>) => {
      done(lazily.report().report(paths, options, output));
    },
  );
  program
    .command("merge <results...>")
    .description("put the shares of one subject into one result file")
    .requiredOption("--out <file>", "the file to write")
    .action((paths: readonly string[], options: { readonly out: string }) => {
      done(lazily.merge().merge(paths, options, output));
    });
  program
    .command("diff <before> <after>")
    .description("what changed from one result to another: files, or folders of them")
    .option("--json <file>", "also write it as JSON; - for stdout instead of the text")
    .action((before: string, after: string, options: { readonly json?: string }) => {
      done(lazily.diff().diff([before, after], options, output));
    });
}
