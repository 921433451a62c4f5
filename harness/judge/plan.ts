import type { Edition } from "../../spec/editions";
import { applies, type Requirement } from "../../spec/requirement";
import { concerns, type ConformanceTest } from "./suite";

/** What is to be judged, before it is known by which edition. */
export interface Selection {
  /** In the order of the catalogue. */
  readonly requirements: readonly Requirement[];
  readonly tests: readonly ConformanceTest[];
  /** Whether something was left out, so that no statement about conformance can be made. */
  readonly partial: boolean;
}

/** One of several shares of what is to be judged. */
export interface Shard {
  /** Counted from 1. */
  readonly index: number;
  readonly of: number;
}

/** What is to be judged of one subject. */
export interface Plan<Test extends PlannedTest = ConformanceTest> {
  readonly edition: Edition;
  /** What the edition asks for, tested or not. */
  readonly requirements: readonly Requirement[];
  /** Tests to run, in the order of reports. */
  readonly tests: readonly Test[];
  readonly partial: boolean;
}

/** What of a test a statement needs. */
export type PlannedTest = Pick<ConformanceTest, "title" | "requirement">;

/** The part of a selection that concerns an edition. */
export const planFor = (selection: Selection, edition: Edition): Plan => ({
  edition,
  requirements: selection.requirements.filter((requirement) => applies(requirement, edition)),
  tests: selection.tests.filter((test) => concerns(test, edition)),
  partial: selection.partial,
});

/**
 * A share of a selection. Requirements are dealt one by one, so that a requirement is never split and every share gets
 * some of each family; what has no test goes to the first share.
 */
export function shardOf(selection: Selection, { index, of }: Shard): Selection {
  const tested = testedOf(selection);
  const others = selection.requirements.filter((requirement) => !tested.includes(requirement));
  const mine = new Set([
    ...tested.filter((_, position) => position % of === index - 1),
    ...(index === 1 ? others : []),
  ]);
  return {
    requirements: selection.requirements.filter((requirement) => mine.has(requirement)),
    tests: selection.tests.filter(({ requirement }) => mine.has(requirement)),
    partial: selection.partial || of > 1,
  };
}

/** The selected requirements that have tests. */
export const testedOf = ({ requirements, tests }: Selection): readonly Requirement[] => {
  const tested = new Set(tests.map(({ requirement }) => requirement));
  return requirements.filter((requirement) => tested.has(requirement));
};
