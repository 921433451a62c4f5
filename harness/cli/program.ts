import { Command, CommanderError } from "commander";

import { exitCodes, type ExitCode } from "./exit-codes";
import { lazily } from "./lazily";
import type { Output } from "./output";
import { packageVersion } from "./package-version";
import { runSettings, type RunOptions } from "./run-settings";
import { UsageError } from "./usage-error";
import type { SubjectsOptions } from "./verbs/subjects";

/** Does what a command line asks for and gives the exit code. */
export async function perform(args: readonly string[], output: Output): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.asExpected;
  const program = commandLine(args, output, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return codeFor(error, output);
  }
}

function codeFor(error: unknown, output: Output): ExitCode {
  // Commander has said what is wrong; for --help and --version nothing is.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.asExpected : exitCodes.usage;
  }
  if (error instanceof UsageError) {
    output.narrate(`runner-conformance: ${error.message}`);
    return exitCodes.usage;
  }
  output.narrate(`runner-conformance broke, please report this: ${(error as Error).stack ?? ""}`);
  return exitCodes.harnessBroke;
}

function commandLine(
  args: readonly string[],
  output: Output,
  done: (code: ExitCode) => void,
): Command {
  const program = new Command("runner-conformance")
    .description("Judges implementations of Python's asyncio Runners chapter.")
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.print(text.trimEnd());
      },
      writeErr: (text) => {
        output.narrate(text.trimEnd());
      },
    })
    .showHelpAfterError("see runner-conformance --help");

  addRun(program, args, output, done);
  addSubjects(program, args, output, done);
  program
    .command("list")
    .description("what there is: subjects on this machine, requirements, tests")
    .option("--subjects", "only subjects")
    .option("--requirements", "only requirements")
    .option("--tests", "only tests")
    .option("--json", "for machines")
    .action(async (options: Parameters<ReturnType<typeof lazily.list>["list"]>[0]) => {
      done(await lazily.list().list(options, output));
    });
  program
    .command("show <requirement>")
    .description("all there is to know about a requirement")
    .action((id: string) => {
      done(lazily.show().show(id, output));
    });
  program
    .command("doctor <subject>")
    .description("what works between the harness and a subject, step by step")
    .option("--timeout-multiplier <factor>", "allow more time for everything")
    .action(async (name: string, options: RunOptions) => {
      done(await lazily.doctor().doctor(name, runSettings(options), output));
    });
  return program;
}

function addRun(
  program: Command,
  args: readonly string[],
  output: Output,
  done: (code: ExitCode) => void,
): void {
  judging(
    program
      .command("run [subjects...]", { isDefault: true })
      .description("judge subjects; without any, every Python of this machine"),
  ).action(async (names: readonly string[], options: RunOptions) => {
    const settings = runSettings(options);
    done(await lazily.run().run(names, settings, output, args));
  });
}

/** The options of every verb that judges. */
const judging = (command: Command): Command =>
  command
    .option("--edition <edition>", "judge by this edition instead of the last one a subject claims")
    .option("--family <name>", "only this family; repeatable", collected)
    .option(
      "--requirement <id>",
      "only this requirement; a final * matches more; repeatable",
      collected,
    )
    .option("--grep <expression>", "only tests whose title matches")
    .option("--jobs <number>", "how many adapters work at once (default: number of processors)")
    .option("--isolate", "give each test a process of its own, whatever the adapter does by itself")
    .option("--timeout-multiplier <factor>", "allow more time for everything")
    .option("--fail-fast", "stop at the first failure")
    .option("--json <file>", "also write everything as JSON; - for stdout instead of the report");

function addSubjects(
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
  judging(verb("run [names...]", "judge those that are installed")).action(
    async (names: readonly string[], options: SubjectsOptions & RunOptions) => {
      const settings = runSettings(options);
      done(await lazily.subjects().runSubjects(names, options, settings, output, args));
    },
  );
}

const collected = (value: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  ...value.split(","),
];
