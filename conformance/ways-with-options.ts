import type { TestOptions } from "../harness/judge/suite";
import type { RunOptions, Subject } from "../harness/subject/subject";
import { lookedAtLater } from "./ways";

/** One way to run a coroutine from start to end with options, and what a subject must have for it. */
export interface WayWithOptions extends TestOptions {
  readonly run: (subject: Subject, main: unknown, options: RunOptions) => Promise<unknown>;
}

const asyncioRun: WayWithOptions = {
  needs: ["run"],
  run: (subject, main, options) => subject.run(main, options),
};

const runnerRun: WayWithOptions = {
  needs: ["runner"],
  since: "3.11-draft",
  run: (subject, main, options) => lookedAtLater(runInRunner(subject, main, options)),
};

async function runInRunner(subject: Subject, main: unknown, options: RunOptions): Promise<unknown> {
  const runner = await subject.Runner(options);
  try {
    return await runner.run(main);
  } finally {
    await runner.close();
  }
}

/** Every entry point that takes `debug`. */
export const waysWithDebug: Readonly<Record<string, WayWithOptions>> = {
  "asyncio.run": asyncioRun,
  "Runner.run": runnerRun,
};

/** Every entry point that takes a loop factory; see `madeBy`. */
export const waysWithFactory: Readonly<Record<string, WayWithOptions>> = {
  "asyncio.run": { ...asyncioRun, since: "3.12" },
  "Runner.run": runnerRun,
};

/** The option that names a loop factory; in the draft of 3.11 it had a shorter name. */
export const madeBy = ({ edition }: Subject, factory: unknown): RunOptions =>
  edition === "3.11-draft" ? { factory } : { loopFactory: factory };
