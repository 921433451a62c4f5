import type { Command } from "commander";

import { addReportOptions } from "./report-options";

/** Gives a verb the options of every verb that judges. */
export function addJudgingOptions(command: Command): Command {
  const judging = command
    .option("--edition <edition>", "judge by this edition instead of the last one a subject claims")
    .option("--family <name>", "only this family; repeatable", collected)
    .option(
      "--requirement <id>",
      "only this requirement; a final * matches more; repeatable",
      collected,
    )
    .option("--grep <expression>", "only tests whose title matches")
    .option(
      "--jobs <number>",
      "how many adapters work at once, not counting those that wait for a hang (default: number of processors)",
    )
    .option("--isolate", "give each test a process of its own, whatever the adapter does by itself")
    .option("--timeout-multiplier <factor>", "allow more time for everything")
    .option("--fail-fast", "stop at the first failure")
    .option("--slow", "also run tests that take minutes: the executor's real time limit")
    .option("--expectations <file>", "what is known not to hold, and why that is accepted")
    .option("--shard <i/n>", "judge only the i-th of n shares, each a number of requirements")
    .option("--out <folder>", "record every verdict in a result file per subject, as it comes");
  return addReportOptions(judging);
}

const collected = (value: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  ...value.split(","),
];
