import { expect } from "chai";

import { loadSuite } from "../harness/judge/load-suite";
import { concerns, type ConformanceTest } from "../harness/judge/suite";
import { requirementOf, requirements } from "../spec/catalogue";
import { editionsOf } from "../spec/requirement";

describe("the suite", () => {
  let suite: readonly ConformanceTest[];
  before(() => {
    suite = loadSuite();
  });

  it("decides only what the catalogue asks for", () => {
    const strays = suite
      .filter(({ requirement }) => requirementOf(requirement.id) !== requirement)
      .map(({ title }) => title);

    expect(strays).to.deep.equal([]);
  });

  it("decides every requirement, in every edition that asks for it", () => {
    const undecided = requirements
      .filter(({ untestable, retired }) => untestable === undefined && retired === undefined)
      .flatMap((requirement) =>
        editionsOf(requirement)
          .filter(
            (edition) =>
              !suite.some((test) => test.requirement === requirement && concerns(test, edition)),
          )
          .map((edition) => `${requirement.id} in ${edition}`),
      );

    expect(undecided).to.deep.equal([]);
  });

  it("leaves alone what cannot be tested or is no longer asked for", () => {
    const wasted = suite
      .filter(({ requirement: { untestable, retired } }) => untestable ?? retired)
      .map(({ title }) => title);

    expect(wasted).to.deep.equal([]);
  });

  it("says in each title what the subject does, in the third person present", () => {
    const unreadable = suite
      .map(({ title, requirement }) => title.slice(requirement.id.length + 2))
      .filter((sentence) => /\bshould\b|^tests?\b|^it\b|\.$|^\d/i.test(sentence));

    expect(unreadable).to.deep.equal([]);
  });
});
