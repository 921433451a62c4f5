import { isSince, newestEdition, type Edition } from "../../spec/editions";
import { applies, type Feature, type Requirement } from "../../spec/requirement";
import type { SessionOptions } from "../session/session";
import type { Subject } from "../subject/subject";

/** What a test needs beyond what its requirement says. */
export interface TestOptions extends SessionOptions {
  /** Features beside those of the requirement. */
  readonly needs?: readonly Feature[];
  /** First edition the test applies to; absent means the requirement's. */
  readonly since?: Edition;
  /** Last edition the test applies to; absent means the requirement's. */
  readonly until?: Edition;
  /** How long it takes by its nature, in milliseconds. Such a test runs only when slow ones are asked for. */
  readonly takes?: number;
}

/** How one behaviour of a requirement is decided. */
export interface ConformanceTest extends TestOptions {
  /** The requirement's id and a sentence; unique. */
  readonly title: string;
  readonly requirement: Requirement;
  readonly body: (subject: Subject) => Promise<void>;
}

const tests: ConformanceTest[] = [];

/** Every test declared so far, in the order of declaration. */
export const declaredTests = (): readonly ConformanceTest[] => tests;

/** Declares a test of `requirement`; `sentence` says, in the third person present, what the subject does. */
export function verifies(
  requirement: Requirement,
  sentence: string,
  ...rest:
    | [body: (subject: Subject) => Promise<void>]
    | [options: TestOptions, body: (subject: Subject) => Promise<void>]
): void {
  const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest;
  const title = `${requirement.id}: ${sentence}`;
  if (tests.some((test) => test.title === title)) {
    throw new Error(`expected each test once, got a second "${title}"`);
  }
  tests.push({ ...options, title, requirement, body });
}

/** Whether a test has something to say about an edition. */
export const concerns = (test: ConformanceTest, edition: Edition): boolean =>
  applies(test.requirement, edition) &&
  isSince(edition, test.since ?? "3.7") &&
  isSince(test.until ?? newestEdition, edition);

/** The features a test cannot do without. */
export const neededBy = (test: ConformanceTest): readonly Feature[] => [
  ...new Set([
    ...(test.requirement.needs ?? []),
    ...(test.needs ?? []),
    ...(test.globalDebug === "environment" ? (["global-debug"] as const) : []),
    ...(test.globalDebug === "dev-mode" ? (["dev-mode"] as const) : []),
  ]),
];
