import type { Command } from "commander";

import type { ExitCode } from "./exit-codes";
import { addJudgingOptions } from "./judging-options";
import { lazily } from "./lazily";
import type { Output } from "./output";
import { runSettings, type RunOptions } from "./run-settings";
import type { SubjectsOptions } from "./verbs/subjects";

/** The verb for event loops, Pythons and ports that people use, and its own verbs. */
export function addSubjects(
  program: Command,
  args: readonly string[],
  output: Output,
  done: (code: ExitCode) => void,
): void {
  const subjects = program
    .command("subjects")
    .description("event loops, Pythons and ports that people use: get them and judge them");
  const verb = (name: string, description: string): Command =>
    subjects
      .command(name)
      .description(description)
      .option("--cache <folder>", "where they are kept (default: .subjects)");

  verb("list", "what there is, and what is installed").action((options: SubjectsOptions) => {
    done(lazily.subjects().listSubjects(options, output));
  });
  verb("install [names...]", "make their environments; without names, of all this machine can have")
    .option("--jobs <number>", "how many at once (default: number of processors)")
    .action(async (names: readonly string[], options: SubjectsOptions & RunOptions) => {
      const { jobs } = runSettings(options);
      done(await lazily.subjects().installSubjects(names, options, jobs, output));
    });
  addJudgingOptions(verb("run [names...]", "judge those that are installed")).action(
    async (names: readonly string[], options: SubjectsOptions & RunOptions) => {
      const settings = runSettings(options);
      done(await lazily.subjects().runSubjects(names, options, settings, output, args));
    },
  );
}
