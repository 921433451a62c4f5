import type { TestOptions } from "../harness/judge/suite";
import type { Subject } from "../harness/subject/subject";

/** One way to run a coroutine from start to end, and what a subject must have for it. */
export interface Way extends TestOptions {
  readonly run: (subject: Subject, main: unknown) => Promise<unknown>;
}

/** Every entry point of the chapter; what is promised of a run holds for each. */
export const waysToRun: Readonly<Record<string, Way>> = {
  "asyncio.run": {
    needs: ["run"],
    run: (subject, main) => subject.run(main),
  },
  "asyncio.run with a loop factory": {
    needs: ["run"],
    since: "3.12",
    run: (subject, main) =>
      subject.run(main, { loopFactory: subject.function(() => subject.newEventLoop()) }),
  },
  "Runner.run": {
    needs: ["runner"],
    since: "3.11-draft",
    run: (subject, main) => lookedAtLater(runInRunner(subject, main)),
  },
};

async function runInRunner(subject: Subject, main: unknown): Promise<unknown> {
  const runner = await subject.Runner();
  try {
    return await runner.run(main);
  } finally {
    await runner.close();
  }
}

/** A test may look at the outcome later; until then, or if it ends before, a failure is not an unhandled one. */
export function lookedAtLater<T>(outcome: Promise<T>): Promise<T> {
  outcome.catch(() => undefined);
  return outcome;
}
