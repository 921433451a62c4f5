import { inStartingOrder } from "../../judge/next-run";
import type { Selection, Shard } from "../../judge/plan";
import { Progress } from "../../report/progress";
import type { ConformanceTest } from "../../judge/suite";
import type { RunFacts } from "../../results/records-of";
import { terminateAll } from "../../session/living";
import { candidateOf, type PreparedCandidate } from "../candidate";
import { exitCodes, type ExitCode } from "../exit-codes";
import type { Gate } from "../gate";
import { catchInterruption } from "../interruption";
import { lazily } from "../lazily";
import type { Output } from "../output";
import { leavesStdout, writeReports } from "../report-options";
import type { RunSettings } from "../run-settings";
import { selectRequirements, selectTests } from "../select";
import { subjectsNamed } from "../subjects/resolve";
import type { SubjectSpec } from "../../subject-spec";
import { UsageError } from "../../usage-error";

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
    for (const candidate of inStartingOrder(candidates).slice(0, settings.jobs))
      candidate.prepare();
    const judging = lazily.judging();
    const { exitCodeOf, judgeAll, loadSuite, provenanceOf, reportOf, SubjectRun } = judging;
    const selected = selectTests(loadSuite(settings), requirements, settings.selectors);
    const selection = shareOf(selected, settings.shard);
    const gate = gateFor(candidates, settings, loadSuite({ slow: true }));
    const runs = (gate?.watched(candidates) ?? candidates).map(
      (candidate) => new SubjectRun(candidate, selection),
    );
    const provenance = provenanceOf(command, selection, settings.shard);
    const facts = { provenance, narrowed: selected.partial };
    const results = resultWriter(settings.out, facts, progress);
    const watchers = { progress, results, gate };
    await judgeAll(runs, settings, provenance, watchers, interruption.signal);
    const found = reportOf(runs, provenance, interruption.signal.aborted);
    const report = gate?.held(found) ?? found;
    const recorded = results?.complete ?? true;
    const exitCode = interruption.signal.aborted
      ? exitCodes.interrupted
      : unlessLost(exitCodeOf(report), recorded);
    progress.clear();
    const written = writeReports(settings.reports, report, { exitCode, output });
    if (leavesStdout(settings.reports)) output.print(judging.terminalReport(report, output));
    return interruption.signal.aborted ? exitCode : unlessLost(exitCode, written);
  } finally {
    progress.clear();
    await terminateAll();
    interruption.release();
  }
}

/** Expectations, where there are any: reading them costs time a run without them need not wait for. */
const gateFor = (
  candidates: readonly PreparedCandidate[],
  { expectations }: RunSettings,
  suite: readonly ConformanceTest[],
): Gate | undefined =>
  (expectations ?? candidates.find((it) => it.expectations)) === undefined
    ? undefined
    : lazily.gate().openGate(candidates, expectations, suite);

/** The subjects somebody named, ready to be started. Throws UsageError. */
export async function candidatesFor(
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

/** The selection, or one share of it. Throws UsageError when there are more shares than there is to share. */
function shareOf(selection: Selection, shard: Shard | undefined): Selection {
  if (shard === undefined) return selection;
  const { shardOf, testedOf } = lazily.judging();
  const most = testedOf(selection).length;
  if (shard.of <= most) return shardOf(selection, shard);
  throw new UsageError(
    `expected no more shares than there are requirements with tests, ${most}, got --shard ${shard.index}/${shard.of}`,
  );
}

function resultWriter(folder: string | undefined, facts: RunFacts, progress: Progress) {
  if (folder === undefined) return undefined;
  const { ResultWriter } = lazily.resultWriter();
  return new ResultWriter(folder, facts, (note) => {
    progress.note(note);
  });
}

/** What somebody asked to have written and is not there is an error of its own; ours are worse. */
const unlessLost = (code: ExitCode, isWritten: boolean): ExitCode =>
  isWritten || code === exitCodes.harnessBroke ? code : exitCodes.usage;
