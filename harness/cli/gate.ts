import { resolve } from "node:path";

import type { ExpectationFile, Mistake } from "../expectations/file";
import { assess, type Assessment } from "../expectations/judge";
import { entryFor, isMet } from "../expectations/match";
import type { RunningAdapter, SubjectRun } from "../judge/subject-run";
import type { ConformanceTest } from "../judge/suite";
import type { Verdict } from "../judge/verdict";
import type { Report, SubjectReport } from "../report/model";
import type { PreparedCandidate } from "./candidate";
import { expectationFile } from "./expectation-files";
import { didYouMean, UsageError } from "../usage-error";

/**
 * The gate for these subjects: what `file` expects of all of them, or else what the configuration names for each.
 * Throws UsageError with every mistake of a file.
 */
export function openGate(
  candidates: readonly PreparedCandidate[],
  file: string | undefined,
  suite: readonly ConformanceTest[],
  forgiven: readonly Mistake["kind"][] = [],
): Gate {
  const read = new Map<string, ExpectationFile>();
  const files = new Map<string, ExpectationFile>();
  for (const { name, expectations } of candidates) {
    const path = file ?? expectations;
    if (path === undefined) continue;
    const known = read.get(resolve(path)) ?? expectationFile(path, suite, forgiven);
    read.set(resolve(path), known);
    files.set(name, known);
  }
  return new Gate(files, suite);
}

/** Holds what is found against what was expected. */
export class Gate {
  readonly #files: ReadonlyMap<string, ExpectationFile>;
  readonly #suite: readonly ConformanceTest[];
  readonly #wrong = new AbortController();

  /** `files` by the name of the subject they speak about. */
  constructor(files: ReadonlyMap<string, ExpectationFile>, suite: readonly ConformanceTest[]) {
    this.#files = files;
    this.#suite = suite;
  }

  /** Aborted once a subject says that it is another one than its file speaks about. */
  get wrongSubject(): AbortSignal {
    return this.#wrong.signal;
  }

  /** The same subjects; what they say of themselves is heard. */
  watched(candidates: readonly PreparedCandidate[]): readonly PreparedCandidate[] {
    return candidates.map((candidate) => ({
      ...candidate,
      start: async () => {
        const adapter = await candidate.start();
        this.#compare(candidate.name, adapter);
        return adapter;
      },
    }));
  }

  /** Whether a verdict is what the file of its subject expects. */
  expects(run: SubjectRun, test: ConformanceTest, verdict: Verdict): boolean {
    const { hello, plan, candidate } = run;
    const entries = this.#files.get(candidate.name)?.entries;
    if (entries === undefined || hello === undefined || plan === undefined) return false;
    const { platform, version } = hello.subject;
    const entry = entryFor(entries, test, { edition: plan.edition, platform, version });
    return entry !== undefined && isMet(entry, verdict);
  }

  /** The report with what was expected. Throws UsageError when a file speaks about another subject. */
  held(report: Report): Report {
    return {
      ...report,
      subjects: report.subjects.map((subject) => this.assessed(subject)?.report ?? subject),
    };
  }

  /** One subject against its file; absent when it has none. Throws UsageError like `held`. */
  assessed(subject: SubjectReport): Assessment | undefined {
    if (this.wrongSubject.aborted) throw this.wrongSubject.reason;
    const file = this.#files.get(subject.name);
    return file === undefined ? undefined : assess(subject, file, this.#suite);
  }

  #compare(name: string, { hello }: RunningAdapter): void {
    const file = this.#files.get(name);
    const { name: identity } = hello.subject;
    if (file?.subject === undefined || file.subject === identity) return;
    this.#wrong.abort(
      new UsageError(
        `expected a subject that is ${file.subject}, as ${file.path} says, got ${name}, which is ${identity}` +
          (didYouMean(file.subject, [identity]) || "; give each implementation a file of its own"),
      ),
    );
  }
}
