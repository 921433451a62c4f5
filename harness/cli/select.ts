import { familyNames, requirements } from "../../spec/catalogue";
import type { Edition } from "../../spec/editions";
import { applies, editionsOf, type Requirement } from "../../spec/requirement";
import type { Selection } from "../judge/plan";
import type { ConformanceTest } from "../judge/suite";
import { didYouMean, UsageError } from "../usage-error";

/** What a user asked to have judged. Empty lists and absent fields mean everything. */
export interface Selectors {
  readonly families: readonly string[];
  /** Ids, or beginnings of ids that end with `*`. */
  readonly requirements: readonly string[];
  /** A regular expression on the titles of tests. */
  readonly grep?: string | undefined;
  readonly edition?: Edition | undefined;
}

/** The selected requirements. Throws UsageError when a selector matches nothing. */
export function selectRequirements(selectors: Selectors): readonly Requirement[] {
  for (const family of selectors.families) {
    if (!familyNames.includes(family)) {
      throw unknown("a family", family, familyNames, "list --requirements");
    }
  }
  for (const id of selectors.requirements) {
    if (!requirements.some((requirement) => matches(requirement.id, id))) {
      const ids = requirements.map((requirement) => requirement.id);
      throw unknown("a requirement", id, ids, "list --requirements");
    }
  }
  const selected = requirements.filter(
    ({ id, family }) =>
      (selectors.families.length === 0 || selectors.families.includes(family)) &&
      (selectors.requirements.length === 0 ||
        selectors.requirements.some((pattern) => matches(id, pattern))),
  );
  if (selected.length === 0) {
    throw new UsageError(
      `expected --family and --requirement to have something in common, got ${selectors.families.join(", ")} and ${selectors.requirements.join(", ")}`,
    );
  }
  refuseOtherEditions(selected, selectors);
  return selected;
}

/** The selected tests. Throws UsageError when `--grep` matches none of them. */
export function selectTests(
  suite: readonly ConformanceTest[],
  selected: readonly Requirement[],
  selectors: Selectors,
): Selection {
  const tests = suite.filter((test) => selected.includes(test.requirement));
  if (selectors.grep === undefined) {
    return { requirements: selected, tests, partial: selected.length < requirements.length };
  }
  const wanted = expression(selectors.grep);
  const found = tests.filter((test) => wanted.test(test.title));
  if (found.length === 0) {
    const words = [...new Set(tests.flatMap((test) => test.title.split(/[\s:]+/)))];
    throw unknown("a test", selectors.grep, words, "list --tests");
  }
  return {
    requirements: selected.filter((requirement) =>
      found.some((test) => test.requirement === requirement),
    ),
    tests: found,
    partial: found.length < suite.length,
  };
}

/** Whether `pattern` means that id: the id itself, or its beginning and `*`. */
const matches = (id: string, pattern: string): boolean =>
  pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

function refuseOtherEditions(selected: readonly Requirement[], { edition }: Selectors): void {
  if (edition === undefined || selected.some((requirement) => applies(requirement, edition)))
    return;
  const asking = [...new Set(selected.flatMap((requirement) => editionsOf(requirement)))];
  throw new UsageError(
    `expected something edition ${edition} asks for, got ${selected.map(({ id }) => id).join(", ")}, asked for only by ${asking.join(", ")}`,
  );
}

function expression(text: string): RegExp {
  try {
    return new RegExp(text, "i");
  } catch (error) {
    throw new UsageError(
      `expected a regular expression after --grep, got ${JSON.stringify(text)}: ${(error as Error).message}`,
    );
  }
}

const unknown = (what: string, text: string, known: readonly string[], verb: string): UsageError =>
  new UsageError(
    `expected ${what} of the catalogue, got ${JSON.stringify(text)}, which matches nothing` +
      (didYouMean(text, known) || `; see runner-conformance ${verb}`),
  );
