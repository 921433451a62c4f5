import { expect } from "chai";

import { combined, statementOf } from "./statement";
import { judgementOf, requirementNamed, testOf } from "./testing";
import type { Outcome } from "./verdict";

describe("what several tests of one requirement say together", () => {
  const rows: Record<string, { outcomes: Outcome[]; together: Outcome }> = {
    "all pass": { outcomes: ["pass", "pass"], together: "pass" },
    "one fails": { outcomes: ["pass", "fail", "harness-error"], together: "fail" },
    "one hangs": { outcomes: ["pass", "timeout"], together: "timeout" },
    "one could not be judged": { outcomes: ["pass", "harness-error"], together: "harness-error" },
    "one was not run": { outcomes: ["pass", "not-run"], together: "not-run" },
    "some are unsupported": { outcomes: ["unsupported", "pass"], together: "pass" },
    "all are unsupported": { outcomes: ["unsupported", "unsupported"], together: "unsupported" },
    "there is none": { outcomes: [], together: "inapplicable" },
  };
  for (const [when, { outcomes, together }] of Object.entries(rows)) {
    it(`is ${together} when ${when}`, () => {
      expect(combined(outcomes)).to.equal(together);
    });
  }
});

describe("the statement", () => {
  const [stated, implied] = [requirementNamed("a"), requirementNamed("b", {}, "implied")];
  const observed = requirementNamed("c", {}, "observed");

  const state = (outcomes: readonly Outcome[], partial = false, requirements = all) => {
    const tests = requirements.map((requirement) => testOf(requirement));
    const judgements = new Map(
      tests.flatMap((test, index) => {
        const outcome = outcomes[index];
        return outcome === undefined ? [] : [[test, judgementOf(outcome)] as const];
      }),
    );
    return statementOf({ edition: "3.13", requirements, tests, partial }, judgements, "because");
  };
  const all = [stated, implied, observed];

  const rows: Record<string, { outcomes: Outcome[]; partial?: boolean; says: string }> = {
    "everything passes": {
      outcomes: ["pass", "pass", "pass"],
      says: "conformant to 3.13 (2/2), CPython-compatible (3/3)",
    },
    "something observed fails": {
      outcomes: ["pass", "pass", "fail"],
      says: "conformant to 3.13 (2/2), not fully CPython-compatible (2/3)",
    },
    "something stated fails": {
      outcomes: ["fail", "pass", "pass"],
      says: "does not conform to 3.13 (1/2), not fully CPython-compatible (2/3)",
    },
    "something stated is unsupported": {
      outcomes: ["unsupported", "pass", "pass"],
      says: "holds what it supports of 3.13 (1/2; 1 unsupported), not fully CPython-compatible (2/3)",
    },
    "something was not run": {
      outcomes: ["pass"],
      says: "not fully judged by 3.13 (1/2), not fully CPython-compatible (1/3)",
    },
    "only a part was selected": {
      outcomes: ["pass", "pass", "pass"],
      partial: true,
      says: "of the selected requirements of 3.13, 3/3 hold",
    },
    "nothing was decided": {
      outcomes: ["unsupported", "unsupported", "harness-error"],
      says: "nothing verified",
    },
  };
  for (const [when, { outcomes, partial, says }] of Object.entries(rows)) {
    it(`is right when ${when}`, () => {
      expect(state(outcomes, partial).sentence).to.equal(says);
    });
  }

  it("lists apart, and does not count, what cannot be tested or is no longer asked for", () => {
    const untestable = requirementNamed("d", { untestable: "nobody can see it" });
    const retired = requirementNamed("e", { retired: "it was a mistake" });

    const statement = state(["pass", "pass"], false, [stated, untestable, retired]);

    expect(statement.compatible).to.deep.equal({ passed: 1, of: 1 });
    expect([statement.untestable, statement.retired]).to.deep.equal([[untestable], [retired]]);
  });

  it("counts by the weight a requirement has in the edition", () => {
    const younger = requirementNamed("f", { observedBefore: "3.14" });

    const { conformant, compatible } = state(["pass", "fail"], false, [stated, younger]);

    expect([conformant, compatible]).to.deep.equal([
      { passed: 1, of: 1 },
      { passed: 1, of: 2 },
    ]);
  });
});
