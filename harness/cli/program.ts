import { Command, CommanderError } from "commander";

import { addBaseline } from "./baseline-verbs";
import { exitCodes, type ExitCode } from "./exit-codes";
import { lazily } from "./lazily";
import type { Output } from "./output";
import { packageVersion } from "./package-version";
import { addJudgingOptions } from "./judging-options";
import { addRepro } from "./repro-verb";
import { addResultVerbs } from "./result-verbs";
import { runSettings, type RunOptions } from "./run-settings";
import { addSubjects } from "./subjects-verbs";
import { UsageError } from "../usage-error";
import type { InitOptions } from "./verbs/init";

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
  addResultVerbs(program, output, done);
  addBaseline(program, args, output, done);
  addRepro(program, output, done);
  addSubjects(program, args, output, done);
  program
    .command("init <subject>")
    .description("write what gates a project: configuration, expectations and a workflow")
    .option("--name <name>", "what the subject is called (default: mine)")
    .option("--folder <folder>", "the project (default: the current folder)")
    .action((subject: string, options: InitOptions) => {
      done(lazily.init().init(subject, options, output));
    });
  return program;
}

function addRun(
  program: Command,
  args: readonly string[],
  output: Output,
  done: (code: ExitCode) => void,
): void {
  addJudgingOptions(
    program
      .command("run [subjects...]", { isDefault: true })
      .description("judge subjects; without any, every Python of this machine"),
  ).action(async (names: readonly string[], options: RunOptions) => {
    const settings = runSettings(options);
    done(await lazily.run().run(names, settings, output, args));
  });
}
