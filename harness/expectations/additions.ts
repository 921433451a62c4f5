import type { Edition } from "../../spec/editions";
import { UsageError } from "../usage-error";
import type { TestResult } from "../judge/statement";
import { isFailure } from "../judge/verdict";
import type { SubjectReport } from "../report/model";
import type { Entry } from "./file";
import { circumstancesOf } from "./judge";
import { speaksAbout, type Circumstances } from "./match";
import type { Expectable } from "./schema";

/** An entry that is to be written. */
export interface Addition {
  readonly about: { readonly requirement: string } | { readonly test: string };
  readonly outcome: Expectable;
  /** Absent where it holds everywhere. */
  readonly when: Narrowing | undefined;
  /** What was seen, for whoever writes the reason. */
  readonly message: string;
}

/** What tells the subjects an entry speaks about from the others. */
export type Narrowing = { readonly edition: readonly Edition[] } | { readonly version: string };

/** One test on one subject. */
interface Sighting {
  readonly result: TestResult;
  readonly circumstances: Circumstances;
}

/**
 * Entries for failures nobody expects, in the order of the catalogue: one per requirement when all its tests do the
 * same, else one per test. Throws UsageError when a test fails on one subject and not on another like it.
 */
export function additionsFor(
  reports: readonly SubjectReport[],
  kept: readonly Entry[],
): readonly Addition[] {
  const sightings = reports.flatMap(sightingsOf);
  const ids = new Set(sightings.map(({ result }) => result.test.requirement.id));
  return [...ids].flatMap((id) =>
    additionsAbout(
      id,
      sightings.filter(({ result }) => result.test.requirement.id === id),
      kept,
    ),
  );
}

function additionsAbout(
  requirement: string,
  sightings: readonly Sighting[],
  kept: readonly Entry[],
): readonly Addition[] {
  const titles = [...new Set(sightings.map(({ result }) => result.test.title))];
  const perTest = titles.map((title) =>
    additionsForTest(
      title,
      sightings.filter(({ result }) => result.test.title === title),
      kept,
    ),
  );
  const alike = new Set(
    perTest.map((additions) =>
      JSON.stringify(additions.map(({ outcome, when }) => [outcome, when])),
    ),
  );
  const named = kept.some((entry) =>
    sightings.some(({ result }) => speaksAbout(entry, result.test)),
  );
  if (alike.size > 1 || named) return perTest.flat();
  return (perTest[0] ?? []).map((addition) => ({ ...addition, about: { requirement } }));
}

function additionsForTest(
  title: string,
  sightings: readonly Sighting[],
  kept: readonly Entry[],
): readonly Addition[] {
  const fresh = sightings.filter(({ result }) => isNews(result));
  const outcomes = [...new Set(fresh.map(({ result }) => result.verdict.outcome))];
  return outcomes.map((outcome) => {
    const those = fresh.filter(({ result }) => result.verdict.outcome === outcome);
    const others = sightings.filter((sighting) => !those.includes(sighting));
    const [first] = those;
    const elsewhere = kept.filter(
      (entry) => first !== undefined && speaksAbout(entry, first.result.test),
    );
    return {
      about: { test: title },
      outcome: outcome as Expectable,
      when: narrowing(circumstances(those), circumstances(others), elsewhere, title),
      message: first?.result.verdict.message ?? "",
    };
  });
}

/** What some subjects have and others have not; absent when there is nobody to be told from. */
export function narrowing(
  some: readonly Circumstances[],
  others: readonly Circumstances[],
  elsewhere: readonly Entry[],
  about: string,
): Narrowing | undefined {
  if (others.length === 0 && elsewhere.length === 0) return undefined;
  const edition = [...new Set(some.map((it) => it.edition))];
  const taken = (it: Edition) =>
    others.some((other) => other.edition === it) ||
    elsewhere.some(({ when }) => when?.edition?.includes(it) ?? true);
  if (!edition.some(taken)) return { edition };
  const [version, ...more] = [...new Set(some.map((it) => it.version))];
  if (version !== undefined && more.length === 0 && /^\d/.test(version)) {
    if (!others.some((other) => other.version === version)) return { version };
  }
  throw new UsageError(
    `expected subjects that differ in edition or version where they differ in ${JSON.stringify(about)}, got ` +
      `${[...some, ...others].map((it) => `${it.version} by ${it.edition}`).join(" and ")}; keep a file for each`,
  );
}

function sightingsOf(report: SubjectReport): readonly Sighting[] {
  const found = circumstancesOf(report);
  if (found === undefined) return [];
  return (report.statement?.requirements ?? [])
    .flatMap(({ results }) => results)
    .filter(({ verdict }) => verdict.outcome === "pass" || isFailure(verdict.outcome))
    .map((result) => ({ result, circumstances: found }));
}

const isNews = ({ verdict, expected }: TestResult): boolean =>
  isFailure(verdict.outcome) && expected?.state !== "as-expected";

const circumstances = (sightings: readonly Sighting[]): readonly Circumstances[] =>
  sightings.map((it) => it.circumstances);
