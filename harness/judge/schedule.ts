import { attended } from "./attended";
import type { Allowances, Judgement } from "./judge";
import { runLane } from "./lane";
import { nextRun } from "./next-run";
import { Processors, type Seat } from "./processors";
import type { RunningAdapter, SubjectRun } from "./subject-run";
import type { ConformanceTest } from "./suite";
import { isFailure } from "./verdict";

/** How a number of subjects is judged. */
export interface ScheduleOptions {
  /** How many adapters work at once, over all subjects; those whose session sleeps do not count. */
  readonly jobs: number;
  readonly allowed: Allowances;
  /** Stops everything at the first failure that is not expected. */
  readonly failFast: boolean;
  /** Whether a failure was to come. Absent means that none was. */
  readonly isExpected?: (run: SubjectRun, test: ConformanceTest, judgement: Judgement) => boolean;
  /** Aborting it stops everything; what is under way then is not judged. */
  readonly interrupted: AbortSignal;
  /** A subject has said hello for the first time: its plan is known. */
  readonly onIntroduced?: (run: SubjectRun) => void;
  readonly onJudged: (run: SubjectRun, test: ConformanceTest, judgement: Judgement) => void;
  /** A subject is done, for better or worse. */
  readonly onDone: (run: SubjectRun) => void;
}

/** How many adapters may be there for each that may work: the others wait for sessions that sleep. */
const lanesPerJob = 12;

/**
 * Judges every subject. As many lanes work as there are jobs; while a session sleeps, its lane does not count and another
 * one may begin, with the next subject or to help one that is under way.
 */
export async function schedule(
  runs: readonly SubjectRun[],
  options: ScheduleOptions,
): Promise<void> {
  const enough = new AbortController();
  const stop = AbortSignal.any([enough.signal, options.interrupted]);
  const processors = new Processors(options.jobs);
  stop.addEventListener("abort", () => {
    processors.lift();
  });
  const most = options.jobs * lanesPerJob;
  // Each lane is a mocha run that listens for uncaught exceptions; that many are no leak.
  process.setMaxListeners(Math.max(process.getMaxListeners(), most + runs.length + 10));
  const keeping: ScheduleOptions = {
    ...options,
    onJudged: (run, test, judgement) => {
      if (options.interrupted.aborted) return;
      run.keep(test, judgement);
      options.onJudged(run, test, judgement);
      if (!options.failFast || !isFailure(judgement.verdict.outcome)) return;
      if (options.isExpected?.(run, test, judgement) !== true) enough.abort();
    },
  };
  const ends: Promise<void>[] = [];
  for (;;) {
    const lanes = runs.reduce((sum, run) => sum + run.lanes, 0);
    const choice = { mayHelp: lanes < most, testMs: options.allowed.testMs };
    const run = stop.aborted ? undefined : nextRun(runs, choice);
    const seat = run === undefined ? undefined : processors.spare();
    if (run !== undefined && seat !== undefined) ends.push(lane(run, seat, stop, keeping));
    else if (lanes === 0) break;
    else await processors.changed();
  }
  await Promise.all(ends);
}

async function lane(
  run: SubjectRun,
  seat: Seat,
  stop: AbortSignal,
  options: ScheduleOptions,
): Promise<void> {
  run.startedAt ??= performance.now();
  run.lanes += 1;
  let adapter: RunningAdapter | undefined;
  try {
    adapter = await run.candidate.start();
    const isNew = run.plan === undefined;
    const { edition, tests } = run.introduce(adapter.hello);
    if (isNew) options.onIntroduced?.(run);
    const opener = attended(adapter, {
      slept: () => {
        if (seat.sleep()) run.asleep += 1;
      },
      woke: () => {
        if (seat.wake()) run.asleep -= 1;
      },
    });
    await runLane(tests, opener, {
      edition,
      allowed: options.allowed,
      signal: stop,
      claim: async (test) => {
        if (run.isClaimed(test)) return false;
        await seat.ready();
        return !stop.aborted && run.claim(test);
      },
      onJudged: (test, judgement) => {
        opener.over();
        options.onJudged(run, test, judgement);
      },
    }).finally(() => {
      opener.over(); // Of a test that could not be judged, nobody else tells.
    });
  } catch (error) {
    if (!options.interrupted.aborted) run.failure ??= error as Error;
  }
  // Letting go takes a moment that the next subject need not wait for.
  const gone = adapter?.stop();
  run.lanes -= 1;
  if (run.lanes === 0) {
    run.endedAt = performance.now();
    if (run.failure !== undefined || run.unclaimed === 0) options.onDone(run);
  }
  seat.leave();
  await gone;
}
