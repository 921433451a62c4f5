import { requirements } from "../../spec/catalogue";
import { editions } from "../../spec/editions";
import { didYouMean } from "../usage-error";
import { concerns, type ConformanceTest } from "../judge/suite";
import type { Entry, Mistake, Surroundings } from "./file";
import { either, matchesPattern, speaksAbout } from "./match";
import { canOverlap } from "./version";

/** More than this under one pattern is no longer something somebody can have looked at. */
export const widest = 20;

/** How a reason begins that is still to be written. */
export const toDo = "TODO";

/** The part of an entry that can be understood. */
export type Understood = { readonly [Key in keyof Entry]?: Entry[Key] | undefined } & {
  readonly line: number;
};

/** What is wrong with an entry beside its form. */
export const mistakesIn = (
  entry: Understood,
  { suite, today }: Surroundings,
): readonly Mistake[] => [
  ...unmatched(entry, suite),
  ...impossible(entry, suite),
  ...meaningless(entry),
  ...unexplained(entry),
  ...expired(entry, today),
];

function unmatched(
  { line, requirement: pattern, test: title }: Understood,
  suite: Suite,
): Mistakes {
  if (title !== undefined) {
    const titles = suite.map((test) => test.title);
    if (titles.includes(title)) return [];
    return [wrong(line, `expected the title of a test, got ${quoted(title, titles)}`)];
  }
  if (pattern === undefined) return [];
  const ids = requirements.map(({ id }) => id);
  const matched = requirements.filter(({ id }) => matchesPattern(id, pattern));
  if (matched.length === 0) {
    return [wrong(line, `expected a requirement of the catalogue, got ${quoted(pattern, ids)}`)];
  }
  if (matched.length > widest) {
    return [
      wrong(
        line,
        `expected at most ${widest} requirements under one pattern, got ${matched.length} under ${JSON.stringify(pattern)}; be more specific`,
      ),
    ];
  }
  if (suite.some((test) => matched.includes(test.requirement))) return [];
  const why = matched[0]?.retired ?? matched[0]?.untestable ?? "it has none";
  return [
    wrong(line, `expected a requirement with a test, got ${JSON.stringify(pattern)}: ${why}`),
  ];
}

function impossible(entry: Understood, suite: Suite): Mistakes {
  const { line, when } = entry;
  const tests = suite.filter((test) => speaksAbout(entry, test));
  const asked = editions.filter((edition) => tests.some((test) => concerns(test, edition)));
  if (when?.edition !== undefined && asked.length > 0) {
    const never = when.edition.filter((edition) => !asked.includes(edition));
    if (never.length > 0) {
      const message = `expected editions that ask for it (${asked.join(", ")}), got ${never.join(", ")}; it would never hold there`;
      return [wrong(line, message)];
    }
  }
  if (when?.version === undefined || canOverlap(when.version)) return [];
  return [wrong(line, `expected a range some version lies in, got '${when.version}'`)];
}

function meaningless({ line, outcome, message }: Understood): Mistakes {
  if (outcome === undefined) return [];
  if (new Set(outcome).size < outcome.length) {
    return [wrong(line, `expected each outcome once, got ${outcome.join(", ")}`)];
  }
  if (outcome.every((it) => it === "pass")) {
    const instead = "remove the entry, or list what else may come if the test is flaky";
    return [wrong(line, `expected an outcome other than pass alone; ${instead}`)];
  }
  const silent = outcome.every((it) => it === "pass" || it === "unsupported");
  if (message === undefined || !silent) return [];
  return [wrong(line, `expected a message only with a failure, got ${outcome.join(", ")}`)];
}

const unexplained = ({ line, reason }: Understood): Mistakes =>
  reason?.trimStart().startsWith(toDo) === true
    ? [
        {
          ...{ line, kind: "unexplained" },
          message: `expected a reason, got ${JSON.stringify(reason)}; say why it is accepted`,
        },
      ]
    : [];

function expired({ line, expires }: Understood, today: Date): Mistakes {
  if (expires === undefined || today.toISOString().slice(0, 10) <= expires) return [];
  const message = `expected to hold until ${expires}, which has passed; repair it, or decide anew`;
  return [{ line, kind: "expired", message }];
}

/** Entries that speak about a test an earlier one speaks about under the same circumstances. */
export function twice(entries: readonly Entry[], suite: Suite): Mistakes {
  const found = new Map<Entry, Mistake>();
  for (const test of suite) {
    const speaking = entries.filter((entry) => speaksAbout(entry, test));
    speaking.forEach((entry, index) => {
      const earlier = speaking.slice(0, index).find((it) => meet(it, entry, test));
      if (earlier === undefined || found.has(entry)) return;
      found.set(entry, wrong(entry.line, bothAbout(test, earlier, entry)));
    });
  }
  return [...found.values()];
}

function bothAbout({ title }: ConformanceTest, earlier: Entry, later: Entry): string {
  const [one, other] = [either(earlier.outcome), either(later.outcome)];
  const same =
    [...earlier.outcome].sort().join() === [...later.outcome].sort().join() &&
    earlier.message === later.message;
  const got = same
    ? `the same again after line ${earlier.line}; remove one`
    : `${other} here and ${one} on line ${earlier.line}; keep one, or tell them apart by when`;
  return `expected one expectation of ${JSON.stringify(title)}, got ${got}`;
}

function meet(one: Entry, other: Entry, test: ConformanceTest): boolean {
  const [some, others] = [one.when, other.when];
  const edition = editions.some(
    (it) =>
      concerns(test, it) &&
      (some?.edition?.includes(it) ?? true) &&
      (others?.edition?.includes(it) ?? true),
  );
  const platform = some?.platform?.some((it) => others?.platform?.includes(it) ?? true) ?? true;
  const versions = [some?.version, others?.version].filter((it) => it !== undefined);
  return edition && platform && (versions.length === 0 || canOverlap(...versions));
}

type Mistakes = readonly Mistake[];
type Suite = readonly ConformanceTest[];

const wrong = (line: number, message: string): Mistake => ({ line, kind: "wrong", message });

const quoted = (text: string, known: readonly string[]): string =>
  `${JSON.stringify(text)}, which matches nothing${didYouMean(text, known)}`;
