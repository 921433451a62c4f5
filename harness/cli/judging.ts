import { allowances, type Judgement } from "../judge/judge";
import { schedule } from "../judge/schedule";
import type { SubjectRun } from "../judge/subject-run";
import type { ConformanceTest } from "../judge/suite";
import { isFailure } from "../judge/verdict";
import type { Provenance, SubjectReport } from "../report/model";
import type { Progress } from "../report/progress";
import { doneLine } from "../report/terminal";
import type { ResultWriter } from "../results/writer";
import type { Gate } from "./gate";
import { stopOf, subjectReport } from "./outcome";
import type { RunSettings } from "./run-settings";

// What a run needs only once its first interpreters are starting: half of what there is to load.
export { shardOf, testedOf } from "../judge/plan";
export { loadSuite } from "../judge/load-suite";
export { SubjectRun } from "../judge/subject-run";
export { terminalReport } from "../report/terminal";
export { exitCodeOf, reportOf } from "./outcome";
export { provenanceOf } from "./provenance";

/** Who is told how far a run is. */
export interface Watchers {
  readonly progress: Progress;
  /** Absent when nobody asked for result files. */
  readonly results: ResultWriter | undefined;
  /** Absent when nothing is said of what is expected. */
  readonly gate: Gate | undefined;
}

/** Judges every subject and lets the user know how far it is. */
export async function judgeAll(
  runs: readonly SubjectRun[],
  settings: RunSettings,
  provenance: Provenance,
  { progress, results, gate }: Watchers,
  interrupted: AbortSignal,
): Promise<void> {
  const sofar = {
    ...{ subjects: runs.length, done: 0, judged: 0, latest: "" },
    ...{ failed: 0, excused: 0, stale: 0 },
  };
  const expects = (run: SubjectRun, test: ConformanceTest, { verdict }: Judgement) =>
    gate?.expects(run, test, verdict) ?? false;
  const end = (run: SubjectRun): SubjectReport => {
    const stopped = stopOf(run, interrupted.aborted);
    const found = subjectReport(run, provenance, stopped);
    const isOther = gate?.wrongSubject.aborted === true;
    const report = isOther ? found : (gate?.assessed(found)?.report ?? found);
    results?.end(run, stopped, report);
    return report;
  };
  await schedule(runs, {
    jobs: settings.jobs,
    allowed: allowances(settings.timeoutMultiplier),
    failFast: settings.failFast,
    interrupted:
      gate === undefined ? interrupted : AbortSignal.any([interrupted, gate.wrongSubject]),
    isExpected: expects,
    onIntroduced: (subject) => {
      results?.begin(subject);
    },
    onJudged: (subject, test, judgement) => {
      results?.add(subject, test, judgement);
      sofar.judged += 1;
      if (isFailure(judgement.verdict.outcome))
        sofar[expects(subject, test, judgement) ? "excused" : "failed"] += 1;
      sofar.latest = `${subject.candidate.name} ${test.requirement.id}`;
      progress.update(sofar);
    },
    onDone: (subject) => {
      const report = end(subject);
      sofar.done += 1;
      sofar.stale += report.stale?.length ?? 0;
      progress.log(doneLine(report));
    },
  });
  // Those that were stopped.
  runs.forEach(end);
}
