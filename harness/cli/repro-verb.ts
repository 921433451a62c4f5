import type { Command } from "commander";

import type { ExitCode } from "./exit-codes";
import { lazily } from "./lazily";
import type { Output } from "./output";
import { runSettings, type RunOptions, type RunSettings } from "./run-settings";
import type { ReproOptions } from "./verbs/repro";

/** The verb that turns a failure into a script. */
export function addRepro(program: Command, output: Output, done: (code: ExitCode) => void): void {
  program
    .command("repro <requirement> <subject>")
    .description("write a script that shows, without this tool, how a subject breaks a requirement")
    .option("--test <part>", "only tests with this in their title; the first that fails is taken")
    .option("--edition <edition>", "judge by this edition instead of the last one it claims")
    .option("--out <file>", "where the script goes (default: stdout)")
    .option("--no-verify", "do not run the script")
    .option("--timeout-multiplier <factor>", "allow more time for everything")
    .action(async (id: string, name: string, options: RunOptions & ReproOptions) => {
      done(await lazily.repro().repro(id, name, options, settingsOf(options), output));
    });
}

/** Elsewhere `out` is a folder for results. */
const settingsOf = ({ edition, timeoutMultiplier }: RunOptions): RunSettings =>
  runSettings({
    ...(edition === undefined ? {} : { edition }),
    ...(timeoutMultiplier === undefined ? {} : { timeoutMultiplier }),
  });
