import { allowances } from "../judge/judge";
import { schedule } from "../judge/schedule";
import type { SubjectRun } from "../judge/subject-run";
import { isFailure } from "../judge/verdict";
import type { Provenance } from "../report/model";
import type { Progress } from "../report/progress";
import { doneLine } from "../report/terminal";
import { subjectReport } from "./outcome";
import type { Gate } from "./gate";
import type { RunSettings } from "./run-settings";

// What a run needs only once its first interpreters are starting: half of what there is to load.
export { loadSuite } from "../judge/load-suite";
export { SubjectRun } from "../judge/subject-run";
export { jsonReport } from "../report/json";
export { terminalReport } from "../report/terminal";
export { exitCodeOf, reportOf } from "./outcome";
export { provenanceOf } from "./provenance";

/** Judges every subject and lets the user know how far it is. */
export async function judgeAll(
  runs: readonly SubjectRun[],
  settings: RunSettings,
  provenance: Provenance,
  progress: Progress,
  interrupted: AbortSignal,
  gate?: Gate,
): Promise<void> {
  const tally = { subjects: runs.length, done: 0, judged: 0, failed: 0, latest: "" };
  await schedule(runs, {
    jobs: settings.jobs,
    allowed: allowances(settings.timeoutMultiplier),
    failFast: settings.failFast,
    interrupted:
      gate === undefined ? interrupted : AbortSignal.any([interrupted, gate.wrongSubject]),
    isExpected: (subject, test, { verdict }) => gate?.expects(subject, test, verdict) ?? false,
    onJudged: (subject, test, { verdict }) => {
      tally.judged += 1;
      tally.failed += isFailure(verdict.outcome) ? 1 : 0;
      progress.update({ ...tally, latest: `${subject.candidate.name} ${test.requirement.id}` });
    },
    onDone: (subject) => {
      tally.done += 1;
      progress.log(doneLine(subjectReport(subject, provenance, "")));
    },
  });
}
