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

/** What is to be judged of one subject. */
export interface Plan {
  readonly edition: Edition;
  /** What the edition asks for, tested or not. */
  readonly requirements: readonly Requirement[];
  /** Tests to run, in the order of reports. */
  readonly tests: readonly ConformanceTest[];
  readonly partial: boolean;
}

/** The part of a selection that concerns an edition. */
export const planFor = (selection: Selection, edition: Edition): Plan => ({
  edition,
  requirements: selection.requirements.filter((requirement) => applies(requirement, edition)),
  tests: selection.tests.filter((test) => concerns(test, edition)),
  partial: selection.partial,
});
