import type { Allowances, Judgement } from "./judge";
import { runLane } from "./lane";
import type { RunningAdapter, SubjectRun } from "./subject-run";
import type { ConformanceTest } from "./suite";
import { isFailure } from "./verdict";

/** How a number of subjects is judged. */
export interface ScheduleOptions {
  /** How many adapters work at once, over all subjects. */
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

/** Below this many tests left per lane, starting one more adapter costs more than it saves. */
const worthALane = 4;

/** Judges every subject with a fixed number of lanes; a lane without a subject of its own helps another. */
export async function schedule(
  runs: readonly SubjectRun[],
  options: ScheduleOptions,
): Promise<void> {
  const enough = new AbortController();
  const stop = AbortSignal.any([enough.signal, options.interrupted]);
  // Each lane is a mocha run that listens for uncaught exceptions; that many are no leak.
  process.setMaxListeners(Math.max(process.getMaxListeners(), options.jobs + 10));
  const worker = async () => {
    for (let run = next(runs); run !== undefined && !stop.aborted; run = next(runs)) {
      await lane(run, stop, {
        ...options,
        onJudged: (judged, test, judgement) => {
          if (options.interrupted.aborted) return;
          judged.judgements.set(test, judgement);
          options.onJudged(judged, test, judgement);
          if (!options.failFast || !isFailure(judgement.verdict.outcome)) return;
          if (options.isExpected?.(judged, test, judgement) !== true) enough.abort();
        },
      });
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
}

/** The first subject nobody works on; when there is none, the one with most work left per lane. */
function next(runs: readonly SubjectRun[]): SubjectRun | undefined {
  const fresh = runs.find((run) => run.startedAt === undefined);
  if (fresh !== undefined) return fresh;
  const left = (run: SubjectRun) => run.unclaimed / (run.lanes + 1);
  const [busiest] = [...runs].sort((a, b) => left(b) - left(a));
  return busiest !== undefined && left(busiest) >= worthALane ? busiest : undefined;
}

async function lane(run: SubjectRun, stop: AbortSignal, options: ScheduleOptions): Promise<void> {
  run.startedAt ??= performance.now();
  run.lanes += 1;
  let adapter: RunningAdapter | undefined;
  try {
    adapter = await run.candidate.start();
    const isNew = run.plan === undefined;
    const { edition, tests } = run.introduce(adapter.hello);
    if (isNew) options.onIntroduced?.(run);
    await runLane(tests, adapter, {
      edition,
      allowed: options.allowed,
      signal: stop,
      claim: (test) => run.claim(test),
      onJudged: (test, judgement) => {
        options.onJudged(run, test, judgement);
      },
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
  await gone;
}
