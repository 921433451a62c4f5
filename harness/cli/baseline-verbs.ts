import type { Command } from "commander";

import type { ExitCode } from "./exit-codes";
import { lazily } from "./lazily";
import type { Output } from "./output";
import { runSettings, type RunOptions } from "./run-settings";

/** Adds `baseline init|update|lint`. */
export function addBaseline(
  program: Command,
  args: readonly string[],
  output: Output,
  done: (code: ExitCode) => void,
): void {
  const baseline = program
    .command("baseline")
    .description("files of expectations: what is known not to hold, and why that is accepted");
  judging(baseline.command("init <subjects...>"))
    .description("write a first file from what fails now; each reason is yours to write")
    .action(async (names: readonly string[], options: RunOptions) => {
      done(await lazily.baseline().init(names, runSettings(options), output, args));
    });
  judging(baseline.command("update <subjects...>"))
    .description("add new failures, remove what is stale; comments and order stay")
    .option("--check", "change nothing; exit with 1 where something would change")
    .action(async (names: readonly string[], options: RunOptions & { check?: boolean }) => {
      const { check = false, ...rest } = options;
      done(await lazily.baseline().update(names, runSettings(rest), output, args, check));
    });
  baseline
    .command("lint <files...>")
    .description("name every mistake of files of expectations, without judging anything")
    .action((files: readonly string[]) => {
      done(lazily.baseline().lint(files, output));
    });
}

/** The options of `run` that decide what is found, and those that are refused with a reason. */
const judging = (command: Command): Command =>
  command
    .option("--expectations <file>", "the file (default: what the configuration names)")
    .option("--edition <edition>", "judge by this edition instead of the last one a subject claims")
    .option("--jobs <number>", "how many adapters work at once (default: number of processors)")
    .option("--isolate", "give each test a process of its own, whatever the adapter does by itself")
    .option("--timeout-multiplier <factor>", "allow more time for everything")
    .option("--family <name>", "refused: a part of the suite cannot tell what is stale", several)
    .option("--requirement <id>", "refused likewise", several)
    .option("--grep <expression>", "refused likewise");

const several = (value: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  value,
];
