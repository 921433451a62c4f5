import { existsSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { initialFile, updatedFile, type Update } from "../../expectations/baseline";
import { diffOf } from "../../expectations/diff";
import { readExpectations } from "../../expectations/file";
import { requirements } from "../../../spec/catalogue";
import type { ConformanceTest } from "../../judge/suite";
import { count } from "../../report/describe";
import type { Report } from "../../report/model";
import { Progress } from "../../report/progress";
import { terminateAll } from "../../session/living";
import type { PreparedCandidate } from "../candidate";
import { exitCodes, type ExitCode } from "../exit-codes";
import { complaint, readFile, shownPath } from "../expectation-files";
import { openGate, type Gate } from "../gate";
import { catchInterruption } from "../interruption";
import { lazily } from "../lazily";
import type { Output } from "../output";
import type { RunSettings } from "../run-settings";
import { selectTests } from "../select";
import { UsageError } from "../../usage-error";
import { candidatesFor } from "./run";

/** Judges subjects and writes a first file of expectations. Throws UsageError when there is one already. */
export async function init(
  names: readonly string[],
  settings: RunSettings,
  output: Output,
  command: readonly string[],
): Promise<ExitCode> {
  refuseParts(settings);
  return judged(names, settings, output, command, {
    before: (path) => {
      if (existsSync(path)) {
        throw new UsageError(
          `expected no file yet, got ${shownPath(path)}; bring it up to date with baseline update`,
        );
      }
      if (!existsSync(dirname(resolve(path)))) {
        throw new UsageError(
          `expected a file to write after --expectations, got ${JSON.stringify(path)}: there is no such folder`,
        );
      }
      return undefined;
    },
    after: (path, report) => {
      refuseSeveralImplementations(report);
      const { text, added } = initialFile(report.subjects);
      writeFileSync(path, text);
      const rest = added === 0 ? "nothing fails" : "give each a reason instead of TODO";
      output.print(`wrote ${shownPath(path)}: ${count(added, "expectation")}; ${rest}`);
      return exitCodes.asExpected;
    },
  });
}

/** Judges subjects and brings a file up to date, or says what would change. Throws UsageError. */
export async function update(
  names: readonly string[],
  settings: RunSettings,
  output: Output,
  command: readonly string[],
  check: boolean,
): Promise<ExitCode> {
  refuseParts(settings);
  return judged(names, settings, output, command, {
    before: (path, candidates, suite) =>
      openGate(candidates, path, suite, ["expired", "unexplained"]),
    after: (path, report, suite, gate) => {
      const assessments = report.subjects.flatMap((subject) => gate?.assessed(subject) ?? []);
      const file = assessments[0]?.file;
      if (file === undefined) throw new Error("expected a gate for every subject, got none");
      const changes = updatedFile(file, assessments);
      refuseNewMistakes(file.path, changes, suite);
      const difference = diffOf(file.path, file.text, changes.text);
      if (difference.length > 0) output.print(difference.join("\n"));
      output.print(summary(file.path, changes, check));
      if (difference.length === 0) return exitCodes.asExpected;
      if (check) return exitCodes.unexpected;
      writeFileSync(path, changes.text);
      return exitCodes.asExpected;
    },
  });
}

/** Names every mistake of some files. */
export function lint(files: readonly string[], output: Output): ExitCode {
  const suite = lazily.judging().loadSuite();
  const complaints = files.flatMap((path) => {
    const { file, mistakes } = readFile(path, suite);
    if (mistakes.length > 0) return [complaint(file.path, mistakes)];
    output.print(`${file.path}: ${count(file.entries.length, "expectation")}, no mistakes`);
    return [];
  });
  if (complaints.length > 0) throw new UsageError(complaints.join("\n"));
  return exitCodes.asExpected;
}

interface Work {
  /** Refuses what can be refused before subjects start, and gives the gate they must pass. */
  readonly before: (
    path: string,
    candidates: readonly PreparedCandidate[],
    suite: readonly ConformanceTest[],
  ) => Gate | undefined;
  readonly after: (
    path: string,
    report: Report,
    suite: readonly ConformanceTest[],
    gate: Gate | undefined,
  ) => ExitCode;
}

/** Judges the whole suite; `after` is called only when all of it was judged. */
async function judged(
  names: readonly string[],
  settings: RunSettings,
  output: Output,
  command: readonly string[],
  { before, after }: Work,
): Promise<ExitCode> {
  const interruption = catchInterruption();
  const progress = new Progress(output);
  try {
    const candidates = await candidatesFor(names, settings, output, progress);
    const { exitCodeOf, judgeAll, loadSuite, provenanceOf, reportOf, SubjectRun } =
      lazily.judging();
    const suite = loadSuite({ slow: true });
    const path = onlyFile(candidates, settings);
    const gate = before(path, candidates, suite);
    const selection = selectTests(loadSuite(settings), requirements, settings.selectors);
    const runs = (gate?.watched(candidates) ?? candidates).map(
      (candidate) => new SubjectRun(candidate, selection),
    );
    const provenance = provenanceOf(command, selection, undefined);
    const watchers = { progress, gate, results: undefined };
    await judgeAll(runs, settings, provenance, watchers, interruption.signal);
    progress.clear();
    const found = reportOf(runs, provenance, interruption.signal.aborted);
    const report = gate?.held(found) ?? found;
    const exitCode = interruption.signal.aborted ? exitCodes.interrupted : exitCodeOf(report);
    if (exitCode === exitCodes.asExpected || exitCode === exitCodes.unexpected) {
      return after(path, report, suite, gate);
    }
    output.narrate(`left ${shownPath(path)} alone: not everything could be judged`);
    output.print(lazily.judging().terminalReport(report, output));
    return exitCode;
  } finally {
    progress.clear();
    await terminateAll();
    interruption.release();
  }
}

/** The file all subjects have in common. */
function onlyFile(candidates: readonly PreparedCandidate[], { expectations }: RunSettings): string {
  const paths = [...new Set(candidates.map((it) => expectations ?? it.expectations))];
  const [path] = paths;
  if (path !== undefined && paths.length === 1) return path;
  throw new UsageError(
    `expected one file of expectations, got ${paths.length > 1 ? "several" : "none"}; name it with --expectations FILE`,
  );
}

function refuseParts({ selectors }: RunSettings): void {
  const { families, requirements: ids, grep } = selectors;
  const parts = [...families, ...ids, ...(grep === undefined ? [] : [grep])];
  if (parts.length === 0) return;
  throw new UsageError(
    `expected the whole suite, got only ${parts.join(", ")}: what was not judged could not be told from what is stale; leave --family, --requirement and --grep out`,
  );
}

function refuseSeveralImplementations({ subjects }: Report): void {
  const names = [...new Set(subjects.map(({ hello }) => hello?.subject.name))];
  if (names.length <= 1) return;
  throw new UsageError(
    `expected one implementation, got ${names.join(", ")}; write a file for each`,
  );
}

/** Narrowing an entry can make it meet another one; nobody should find that out from a red gate. */
function refuseNewMistakes(
  path: string,
  { text }: Update,
  suite: readonly ConformanceTest[],
): void {
  const { mistakes } = readExpectations(path, text, { suite, today: new Date() });
  const wrong = mistakes.filter(({ kind }) => kind === "wrong");
  if (wrong.length === 0) return;
  throw new UsageError(
    `cannot bring ${path} up to date without mistakes of this kind, so it is left alone; keep a file for each subject\n${complaint(path, wrong)}`,
  );
}

function summary(path: string, { added, changed, removed }: Update, check: boolean): string {
  if (added + changed + removed === 0) return `${path} is up to date`;
  const what = `${added} added, ${changed} changed, ${removed} removed`;
  const rest = added + changed === 0 ? "" : "; give each new one a reason instead of TODO";
  return `${path}${check ? " is out of date" : ""}: ${what}${rest}`;
}
