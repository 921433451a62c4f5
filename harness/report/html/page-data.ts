/*
 * What the page knows, as it stands in it. The client (client/*.js) is checked against these types, so nothing here
 * imports anything. Passes take one character each; texts that repeat are stored once.
 */

/** The place of a text in `PageData.texts`. */
export type TextIndex = number;

export interface PageData {
  readonly texts: readonly string[];
  readonly version: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly complete: boolean;
  /** What a character of `SubjectData.marks` means. */
  readonly marks: Readonly<Record<string, MarkData>>;
  /** What each family is about. */
  readonly families: Readonly<Record<string, string>>;
  /** The rows of the matrix. */
  readonly requirements: readonly RequirementData[];
  /** The columns of the matrix. */
  readonly subjects: readonly SubjectData[];
}

export interface MarkData {
  readonly symbol: string;
  readonly word: string;
  /** Whether somebody has to do something about it. */
  readonly bad: boolean;
}

export interface RequirementData {
  readonly id: string;
  readonly family: string;
  readonly text: string;
  readonly basis: string;
  readonly hint: string;
  /** Names and values, in the order to show them. */
  readonly facts: readonly (readonly [string, string])[];
  /** What the tests say of a subject that passes them. */
  readonly tests: readonly string[];
}

export interface SubjectData {
  /** Its name, or what tells it from another one of that name. */
  readonly key: string;
  readonly about: string;
  /** Empty when it could not be judged. */
  readonly sentence: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly error?: { readonly code: string; readonly message: string; readonly stderr: string };
  /** The command that judges it again, to be followed by the id of a requirement. */
  readonly repeat: string;
  /** A character for each requirement. */
  readonly marks: string;
  /** By the place of the requirement: results that have more to tell than that they passed. */
  readonly results: Readonly<Record<number, readonly ResultData[]>>;
}

export interface ResultData {
  /** The place of its sentence in `RequirementData.tests`. */
  readonly test: number;
  readonly mark: string;
  readonly ms: number;
  readonly message?: TextIndex;
  readonly accepted?: TextIndex;
  readonly seen?: TextIndex;
  readonly dump?: TextIndex;
  readonly reason?: TextIndex;
  readonly issue?: TextIndex;
  readonly transcript?: TranscriptData;
}

export interface TranscriptData {
  /** How many lines at the beginning are not stored. */
  readonly hidden: number;
  /** A time in milliseconds and a text for each line, flat. */
  readonly lines: readonly number[];
  /** Where the transcript most alike, of another subject, goes on in another way. */
  readonly parting?: Parting;
}

export interface Parting {
  /** The first line that differs, counted from the first that is stored; may be one after the last. */
  readonly line: number;
  /** The other subject. */
  readonly from: number;
  /** What the other transcript has there; absent when it ends. */
  readonly other?: TextIndex;
}
