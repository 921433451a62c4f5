import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { requirements } from "../../spec/catalogue";
import type { Edition } from "../../spec/editions";
import { subjectReport } from "../cli/outcome";
import type { Judgement } from "../judge/judge";
import { shardOf, type Selection, type Shard } from "../judge/plan";
import type { Stop } from "../judge/stop";
import { SubjectRun } from "../judge/subject-run";
import type { ConformanceTest } from "../judge/suite";
import { helloOf, judgementOf, testOf } from "../judge/testing";
import type { SubjectFailure, SubjectReport } from "../report/model";
import { madeUpProvenance } from "../report/testing";
import { FileNames } from "./file-names";
import { readResults } from "./find";
import { parseResult, type ResultFile } from "./parse";
import type { ResultRecord } from "./records";
import { ResultWriter } from "./writer";

/** A folder for the tests of one `describe`, emptied after each. */
export function temporaryFolder(): () => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-conformance-results-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
}

/** Two tests of everything that can be tested, over the real catalogue. */
const tests: readonly ConformanceTest[] = requirements
  .filter(({ untestable, retired }) => untestable === undefined && retired === undefined)
  .flatMap((requirement) => [
    testOf(requirement, "does it at once"),
    testOf(requirement, "does it twice"),
  ]);

/** The catalogue, each requirement with two tests. */
export const wholeSelection: Selection = { requirements, tests, partial: false };

/** The first few of it. */
export function smallSelection(count = 2): Selection {
  const few = tests.slice(0, 2 * count);
  const asked = new Set(few.map(({ requirement }) => requirement));
  return { requirements: [...asked], tests: few, partial: true };
}

/** How a run is made up. */
export interface MadeUp {
  readonly subject?: string;
  readonly edition?: Edition;
  readonly selection?: Selection;
  readonly shard?: Shard;
  readonly nonce?: string;
  readonly catalogue?: string;
  /** What a test comes to; undefined means that it is not reached. By default all pass. */
  readonly judge?: (test: ConformanceTest) => Judgement | undefined;
  readonly stopped?: Stop;
  readonly error?: SubjectFailure;
  /** What expectations make of the report. */
  readonly assessed?: (report: SubjectReport) => Partial<SubjectReport>;
  /** False for one whose file has no end. */
  readonly ends?: boolean;
}

/** A run that never was, as the scheduler would have left it. */
export function madeUpRun({ judge = () => judgementOf("pass"), ...of }: MadeUp = {}): SubjectRun {
  const { subject = "python:python3", edition = "3.13", selection = wholeSelection, shard } = of;
  const share = shard === undefined ? selection : shardOf(selection, shard);
  const candidate = { name: subject, start: () => Promise.reject(new Error("never started")) };
  const run = new SubjectRun(candidate, share);
  for (const test of run.introduce(helloOf([edition])).tests) {
    const judgement = judge(test);
    if (judgement !== undefined) run.judgements.set(test, judgement);
  }
  [run.startedAt, run.endedAt] = [0, 1234];
  return run;
}

/** Its provenance. */
export const provenanceFor = ({ shard, selection, nonce = "n", catalogue = "c" }: MadeUp) =>
  madeUpProvenance({
    ...{ nonce, catalogue },
    partial: (selection ?? wholeSelection).partial || shard !== undefined,
    ...(shard === undefined ? {} : { shard }),
  });

/** Writes what it came to into a folder, and reads that back. */
export function recorded(folder: string, madeUp: MadeUp = {}): ResultFile {
  const run = madeUpRun(madeUp);
  const narrowed = (madeUp.selection ?? wholeSelection).partial;
  const writer = new ResultWriter(
    folder,
    { provenance: provenanceFor(madeUp), narrowed },
    (note) => {
      throw new Error(note);
    },
  );
  writer.begin(run);
  for (const [test, judgement] of run.judgements) writer.add(run, test, judgement);
  if (madeUp.ends !== false) writer.end(run, madeUp.stopped, reportOf(run, madeUp));
  const { subject = "python:python3", shard } = madeUp;
  const name = new FileNames().nameFor({ subject, shard });
  const [file] = readResults([join(folder, name)]);
  if (file === undefined) throw new Error("expected a result file, got none");
  return file;
}

/** What is told of it where it comes about. */
export function reportOf(run: SubjectRun, madeUp: MadeUp = {}): SubjectReport {
  const report = subjectReport(run, provenanceFor(madeUp), madeUp.stopped);
  return { ...report, error: madeUp.error, ...madeUp.assessed?.(report) };
}

/** The lines of a small result. */
export function linesOf(folder: string, madeUp: MadeUp = {}): readonly string[] {
  const { path } = recorded(folder, { selection: smallSelection(), ...madeUp });
  const text = readFileSync(path, "utf8");
  rmSync(path);
  return text.trimEnd().split("\n");
}

/** Writes a file of a folder and gives its path. */
export function written(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Records as the file they would be. */
export const asFile = (records: readonly ResultRecord[]): ResultFile =>
  parseResult("merged", records.map((record) => `${JSON.stringify(record)}\n`).join(""));
