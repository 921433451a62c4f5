import type { Edition } from "../../spec/editions";
import type { Statement } from "../judge/statement";
import type { Outcome } from "../judge/verdict";
import type { Hello } from "../protocol/messages";

/** One subject of a report. */
export interface SubjectReport {
  /** What to write to get this subject again. */
  readonly name: string;
  /** Who it says it is; absent when it did not start. */
  readonly hello: Hello | undefined;
  readonly edition: Edition | undefined;
  /** Absent when nothing could be judged. */
  readonly statement: Statement | undefined;
  /** Why it could not be judged to the end; absent when it could. */
  readonly error: SubjectFailure | undefined;
  readonly durationMs: number;
  /** Where and when it was judged. */
  readonly provenance: Provenance;
  /** Expectations that are no longer so; absent where none were given. */
  readonly stale?: readonly StaleExpectation[];
}

/** An expectation to be taken out of its file. */
export interface StaleExpectation {
  /** `file:line`. */
  readonly where: string;
  /** A requirement, a pattern, or the title of a test. */
  readonly about: string;
  readonly expected: readonly Outcome[];
  /** What came instead, each outcome once. */
  readonly found: readonly Outcome[];
  /** Why it had been expected. */
  readonly reason: string;
}

/** How a verdict came about: what is needed to repeat it, or to tell two of them apart. */
export interface Provenance {
  /** The version of this package. */
  readonly version: string;
  /** Changes whenever a requirement or a test does: results of different catalogues cannot be merged. */
  readonly catalogue: string;
  /** The command line, from `run` on. */
  readonly command: readonly string[];
  readonly host: Host;
  readonly startedAt: Date;
  /** Tells this run from every other one. */
  readonly nonce: string;
  /** Whether something of the catalogue was left out. */
  readonly partial: boolean;
  /** Which share of the tests was judged, counted from 1; absent means all. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** False when it was cut short: interrupted, stopped at a failure, or the file has no end. */
  readonly complete: boolean;
}

/** The machine that judged; no names of machines or people. */
export interface Host {
  readonly platform: string;
  readonly arch: string;
  readonly release: string;
  readonly node: string;
}

/** A subject that did not start or became unusable. */
export interface SubjectFailure {
  readonly code: string;
  readonly message: string;
  /** The end of what it wrote on stderr. */
  readonly stderr: string;
}

/** Everything one run found out, ready to be rendered. */
export interface Report {
  readonly version: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** False when it was interrupted. */
  readonly complete: boolean;
  /** In the order the subjects were named. */
  readonly subjects: readonly SubjectReport[];
}
