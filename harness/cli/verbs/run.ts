import { writeFileSync } from "node:fs";

import { SubjectRun } from "../../judge/subject-run";
import { allowances } from "../../judge/judge";
import { loadSuite } from "../../judge/load-suite";
import { schedule } from "../../judge/schedule";
import { isFailure } from "../../judge/verdict";
import { jsonReport } from "../../report/json";
import { Progress } from "../../report/progress";
import { doneLine, terminalReport } from "../../report/terminal";
import { terminateAll } from "../../session/living";
import { candidateOf, type PreparedCandidate } from "../candidate";
import { exitCodes, type ExitCode } from "../exit-codes";
import { catchInterruption } from "../interruption";
import type { Output } from "../output";
import { exitCodeOf, reportOf, subjectReport } from "../outcome";
import type { RunSettings } from "../run-settings";
import { selectRequirements, selectTests } from "../select";
import { subjectsNamed } from "../subjects/resolve";

/** Judges subjects and reports. */
export async function run(
  names: readonly string[],
  settings: RunSettings,
  output: Output,
): Promise<ExitCode> {
  const requirements = selectRequirements(settings.selectors);
  const interruption = catchInterruption();
  const progress = new Progress(output);
  try {
    const candidates = await candidatesFor(names, settings, output, progress);
    // While the first interpreters start, we read the suite: neither waits for the other.
    for (const candidate of candidates.slice(0, settings.jobs)) candidate.prepare();
    const selection = selectTests(loadSuite(), requirements, settings.selectors);
    const runs = candidates.map((candidate) => new SubjectRun(candidate, selection));
    const started = { at: new Date(), clock: performance.now() };
    await judgeAll(runs, settings, progress, interruption.signal);
    const report = reportOf(runs, started, interruption.signal.aborted);
    const exitCode = interruption.signal.aborted ? exitCodes.interrupted : exitCodeOf(report);
    progress.clear();
    if (settings.json !== undefined) writeJson(settings.json, jsonReport(report, exitCode), output);
    if (settings.json !== "-") output.print(terminalReport(report, output));
    return exitCode;
  } finally {
    progress.clear();
    await terminateAll();
    interruption.release();
  }
}

async function candidatesFor(
  names: readonly string[],
  settings: RunSettings,
  output: Output,
  progress: Progress,
): Promise<readonly PreparedCandidate[]> {
  const specs = await subjectsNamed(names, output);
  return specs.map((spec) =>
    candidateOf(
      spec,
      {
        timeoutMultiplier: settings.timeoutMultiplier,
        isolate: settings.isolate,
        onNote: (note) => {
          progress.note(`${spec.name}: ${note}`);
        },
      },
      settings.selectors.edition ?? spec.edition,
    ),
  );
}

async function judgeAll(
  runs: readonly SubjectRun[],
  settings: RunSettings,
  progress: Progress,
  interrupted: AbortSignal,
): Promise<void> {
  const tally = { subjects: runs.length, done: 0, judged: 0, failed: 0, latest: "" };
  await schedule(runs, {
    jobs: settings.jobs,
    allowed: allowances(settings.timeoutMultiplier),
    failFast: settings.failFast,
    interrupted,
    onJudged: (subject, test, { verdict }) => {
      tally.judged += 1;
      tally.failed += isFailure(verdict.outcome) ? 1 : 0;
      progress.update({ ...tally, latest: `${subject.candidate.name} ${test.requirement.id}` });
    },
    onDone: (subject) => {
      tally.done += 1;
      progress.log(doneLine(subjectReport(subject, "")));
    },
  });
}

function writeJson(file: string, text: string, output: Output): void {
  if (file === "-") output.print(text.trimEnd());
  else writeFileSync(file, text);
}
