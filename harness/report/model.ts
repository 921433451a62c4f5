import type { Edition } from "../../spec/editions";
import type { Statement } from "../judge/statement";
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
