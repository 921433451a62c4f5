import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

import type { PlannedTest } from "../judge/plan";
import type { Stop } from "../judge/stop";
import type { SubjectRun } from "../judge/subject-run";
import type { Outcome } from "../judge/verdict";
import type { SubjectReport } from "../report/model";
import { FileNames } from "./file-names";
import { endOf, footerOf, headerOf, testRecordOf, type Judged, type RunFacts } from "./records-of";
import type { ResultRecord } from "./records";

/**
 * Writes one result file per subject into a folder. Every line is with the operating system when the call returns, so
 * nothing judged is lost however we end. When a file cannot be written any more, judging goes on without it: the first
 * time it is said, and `complete` is false from then on.
 */
export class ResultWriter {
  readonly #folder: string;
  readonly #facts: RunFacts;
  readonly #onNote: (note: string) => void;
  readonly #names = new FileNames();
  readonly #files = new Map<SubjectRun, ResultFile>();
  #complete = true;

  constructor(folder: string, facts: RunFacts, onNote: (note: string) => void) {
    this.#folder = folder;
    this.#facts = facts;
    this.#onNote = onNote;
  }

  /** Whether everything so far was written. */
  get complete(): boolean {
    return this.#complete;
  }

  /** A subject has said hello, or will not: the header. */
  begin(run: SubjectRun): void {
    const { name: subject, edition } = run.candidate;
    const { shard } = this.#facts.provenance;
    const path = join(this.#folder, this.#names.nameFor({ subject, edition, shard }));
    const file: ResultFile = { path, descriptor: undefined, outcomes: [], ended: false };
    this.#files.set(run, file);
    this.#attempt(file, () => {
      file.descriptor = openSync(path, "w");
      append(file, headerOf(run, this.#facts));
    });
  }

  /** A test is judged: its record. */
  add(run: SubjectRun, test: PlannedTest, judged: Judged): void {
    const file = this.#files.get(run);
    if (file === undefined || run.plan === undefined) return;
    const { edition } = run.plan;
    file.outcomes.push(judged.verdict.outcome);
    this.#attempt(file, () => {
      append(file, testRecordOf(test, judged, edition));
    });
  }

  /** A subject is done, for better or worse, and `report` is all there is to tell: the footer. Only the first counts. */
  end(run: SubjectRun, stopped: Stop | undefined, report: SubjectReport): void {
    if (!this.#files.has(run)) this.begin(run);
    const file = this.#files.get(run);
    if (file === undefined || file.ended) return;
    file.ended = true;
    const planned = run.plan?.tests.length ?? 0;
    this.#attempt(file, () => {
      append(file, footerOf(file.outcomes, planned, endOf(report, stopped)));
    });
    if (file.descriptor !== undefined) closeSync(file.descriptor);
    file.descriptor = undefined;
  }

  /** After a failure nothing more is written to that file: half a line may be its last. */
  #attempt(file: ResultFile, write: () => void): void {
    try {
      write();
    } catch (error) {
      if (file.descriptor !== undefined) closeSync(file.descriptor);
      file.descriptor = undefined;
      const isFirst = this.#complete;
      this.#complete = false;
      if (isFirst) this.#onNote(lost(file.path, error as Error));
    }
  }
}

interface ResultFile {
  readonly path: string;
  /** Absent when it cannot be written, or has its end. */
  descriptor: number | undefined;
  readonly outcomes: Outcome[];
  ended: boolean;
}

function append({ descriptor }: ResultFile, record: ResultRecord): void {
  if (descriptor === undefined) return;
  const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
}

const lost = (path: string, { message }: Error): string =>
  `expected to write results to ${path}, got ${message}; judging goes on, what was written stays, and the exit code will be 2`;
