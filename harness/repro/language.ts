import type { Value } from "../protocol/values";
import type { Action, Doing } from "./story";

/** A value that every language has. */
export type Scalar = null | boolean | number | string;

/** Whose body is written: the number of a puppet, or undefined for the script. */
export type Author = number | undefined;

/** An expression, and the helpers it needs. */
export interface Written {
  readonly expression: string;
  readonly helpers: readonly string[];
}

/** A call whose parts are written already. */
export interface Call {
  readonly does: Extract<Doing, { type: "call" }>;
  readonly on: string;
  readonly args: readonly string[];
  readonly kwargs: Readonly<Record<string, string>>;
}

/** Expressions of a language. */
export interface Expressions {
  readonly scalar: (value: Scalar) => string;
  /** A scalar as notes say it. */
  readonly said: (value: Scalar) => string;
  readonly map: (entries: readonly (readonly [key: string, value: string])[]) => string;
  /** Undefined for an operation that has no translation. */
  readonly call: (call: Call, by: Author) => Written | undefined;
  readonly awaiting: (value: string, by: Author) => Written;
  readonly yielding: (value: string) => Written;
  /** A tight loop that is hit by so many Ctrl-C; `endless` if nothing ends it. */
  readonly spinning: (interrupts: number, endless: boolean) => Written;
  /** What stands for something that has no translation. */
  readonly untranslatable: (what: string) => Written;
  /** The object of a puppet whose body has that name. */
  readonly newObject: (kind: string, body: string) => Written;
  /** What is noted of what an action gives: what differs from run to run is left out. See `reducedValue`. */
  readonly reduced: (action: Action, expression: string) => string;
  /** An action in the words of a note. */
  readonly inWords: (does: Doing, said: (value: Value) => string) => string;
}

/** Statements of a language. */
export interface Statements {
  /** Lines before anything else that uses what a puppet was called with, as `given`. */
  readonly takingGiven: readonly string[];
  /** `given`, as arguments of a call. */
  readonly allGiven: string;
  readonly doing: (expression: string) => string;
  /** A `new` name is not known before. */
  readonly assigning: (name: string, expression: string, scope: "new" | "known") => string;
  /** Makes a name known, before a block that assigns it. */
  readonly declaring: (name: string) => readonly string[];
  /** Handles whatever is raised, as `error`; the comment says what that was. */
  readonly trying: (
    tried: readonly string[],
    handled: readonly string[],
    comment?: string,
  ) => readonly string[];
  /** Does something else until an expression has a value. */
  readonly waiting: (expression: string, value: string, meanwhile: string) => readonly string[];
  readonly raising: (value: string) => string;
  readonly raisingAgain: string;
  readonly returning: (value: string) => string;
  readonly saw: (note: string, ...values: readonly string[]) => string;
  /** Ctrl-C from outside after so many seconds; absent means soon. */
  readonly interruptingLater: (seconds?: number) => string;
}

/** How a language writes what the bodies of a program are made of. */
export interface Language {
  readonly expressions: Expressions;
  readonly statements: Statements;
  /** Kinds of puppets that are their own bodies; others are made from them. */
  readonly bodiesThemselves: readonly string[];
  /** Names of helpers that statements need. */
  readonly helpers: { readonly saw: string; readonly interruptLater: string };
  /** How a name of several words, `done_callback`, is spelled. */
  readonly spelled: (name: string) => string;
}
