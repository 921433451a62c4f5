import { writeFileSync } from "node:fs";

import { Progress } from "../../report/progress";
import { terminateAll } from "../../session/living";
import { candidateOf, type PreparedCandidate } from "../candidate";
import { exitCodes, type ExitCode } from "../exit-codes";
import { catchInterruption } from "../interruption";
import { lazily } from "../lazily";
import type { Output } from "../output";
import type { RunSettings } from "../run-settings";
import { selectRequirements, selectTests } from "../select";
import { subjectsNamed } from "../subjects/resolve";
import type { SubjectSpec } from "../subjects/spec";

/** Judges subjects and reports; `command` is what the user typed, for whoever reads the results. */
export async function run(
  names: readonly (string | SubjectSpec)[],
  settings: RunSettings,
  output: Output,
  command: readonly string[],
): Promise<ExitCode> {
  const requirements = selectRequirements(settings.selectors);
  const interruption = catchInterruption();
  const progress = new Progress(output);
  try {
    const candidates = await candidatesFor(names, settings, output, progress);
    // While the first interpreters start, we load what judges them and the suite: neither waits for the other.
    for (const candidate of candidates.slice(0, settings.jobs)) candidate.prepare();
    const judging = lazily.judging();
    const { exitCodeOf, jsonReport, judgeAll, loadSuite, provenanceOf, reportOf, SubjectRun } =
      judging;
    const selection = selectTests(loadSuite(), requirements, settings.selectors);
    const runs = candidates.map((candidate) => new SubjectRun(candidate, selection));
    const provenance = provenanceOf(command, selection.partial);
    await judgeAll(runs, settings, provenance, progress, interruption.signal);
    const report = reportOf(runs, provenance, interruption.signal.aborted);
    const exitCode = interruption.signal.aborted ? exitCodes.interrupted : exitCodeOf(report);
    progress.clear();
    if (settings.json !== undefined) writeJson(settings.json, jsonReport(report, exitCode), output);
    if (settings.json !== "-") output.print(judging.terminalReport(report, output));
    return exitCode;
  } finally {
    progress.clear();
    await terminateAll();
    interruption.release();
  }
}

async function candidatesFor(
  names: readonly (string | SubjectSpec)[],
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

function writeJson(file: string, text: string, output: Output): void {
  if (file === "-") output.print(text.trimEnd());
  else writeFileSync(file, text);
}
