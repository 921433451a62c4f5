import { requirementOf } from "../../spec/catalogue";
import type { Edition } from "../../spec/editions";
import { planFor } from "../judge/plan";
import { statementOf } from "../judge/statement";
import type { ConformanceTest } from "../judge/suite";
import { helloOf, judgementOf, testOf } from "../judge/testing";
import type { Outcome } from "../judge/verdict";
import type { SubjectReport } from "../report/model";
import { madeUpProvenance } from "../report/testing";
import { readExpectations, type ExpectationFile, type Reading } from "./file";

/** A requirement of the catalogue. */
const known = (id: string) => {
  const requirement = requirementOf(id);
  if (requirement === undefined) throw new Error(`expected a requirement, got ${id}`);
  return requirement;
};

const [returns, second] = [
  known("result.run-returns-the-object"),
  known("interrupt.second-is-immediate"),
];

/** Two tests of a requirement of every edition, and one of a requirement since 3.11. */
export const suite: readonly ConformanceTest[] = [
  testOf(returns, "once"),
  testOf(returns, "twice"),
  testOf(second, "ends a loop"),
];

/** The titles of `suite`. */
export const titles = {
  once: "result.run-returns-the-object: once",
  twice: "result.run-returns-the-object: twice",
  loop: "interrupt.second-is-immediate: ends a loop",
} as const;

/** The day on which files are read here. */
export const today = new Date("2030-06-15T12:00:00Z");

/** What a file in `e.yaml` comes to. */
export const readingOf = (text: string): Reading =>
  readExpectations("e.yaml", text, { suite, today });

/** What a list of expectations, each the inside of a flow map on a line of its own from line 3 on, comes to. */
export const readingOfEntries = (...entries: readonly string[]): Reading =>
  readingOf(
    entries.length === 0
      ? "version: 1\nexpectations: []\n"
      : `version: 1\nexpectations:\n${entries.map((it) => `  - { ${it} }\n`).join("")}`,
  );

/** The same where there is no mistake. */
export function fileOf(...entries: readonly string[]): ExpectationFile {
  const { file, mistakes } = readingOfEntries(...entries);
  if (mistakes[0] !== undefined) throw new Error(mistakes[0].message);
  return file;
}

/** What came out, by the first word that tells the tests apart; absent means that it was not run. */
export type Found = Partial<Record<keyof typeof titles, Outcome | readonly [Outcome, string]>>;

/** The report of a made-up subject. */
export function reportOf(
  found: Found,
  { edition = "3.13", version = "1.0" }: { edition?: Edition; version?: string } = {},
): SubjectReport {
  const plan = planFor({ requirements: [returns, second], tests: suite, partial: false }, edition);
  const judgements = Object.entries(found).flatMap(([name, verdict]) => {
    const test = suite.find(({ title }) => title === titles[name as keyof Found]);
    const [outcome, message] = typeof verdict === "string" ? [verdict] : verdict;
    return test === undefined ? [] : [[test, judgementOf(outcome, message)] as const];
  });
  const hello = helloOf([edition]);
  return {
    name: `fake ${version} by ${edition}`,
    hello: { ...hello, subject: { ...hello.subject, version } },
    edition,
    statement: statementOf(plan, new Map(judgements), ""),
    error: undefined,
    durationMs: 1,
    provenance: madeUpProvenance(),
  };
}
