import { expect } from "chai";

import { judgementOf, requirementNamed, testOf } from "../judge/testing";
import type { Expected } from "../judge/statement";
import type { Outcome } from "../judge/verdict";
import { standingOf } from "./standing";

const standing = (outcome: Outcome, expected?: Expected) =>
  standingOf({
    test: testOf(requirementNamed("x")),
    ...judgementOf(outcome, "why"),
    ...(expected && { expected }),
  });

describe("how a result stands", () => {
  it("excuses only failures that were expected", () => {
    const expected = { state: "as-expected", reason: "a gap" } as const;

    expect(standing("fail", expected)).to.deep.equal({
      kind: "excused",
      message: "expected to fail: a gap",
    });
    expect(standing("pass", expected).kind).to.equal("passed");
    expect(standing("harness-error", expected).kind).to.equal("broken");
    expect(standing("unsupported", expected).kind).to.equal("skipped");
    expect(standing("fail", { state: "unexpected" }).kind).to.equal("failed");
  });

  it("says what came where a stale expectation keeps an unsupported test from being skipped", () => {
    expect(standing("unsupported", { state: "stale", reason: "a gap" })).to.deep.equal({
      kind: "failed",
      message: "no longer as listed (a gap), got unsupported: the expectation is stale, remove it",
    });
  });

  it("never passes a stale expectation", () => {
    expect(standing("pass", { state: "stale", reason: "a gap", issue: "#1" })).to.deep.equal({
      kind: "failed",
      message: "no longer as listed (a gap (#1)), got pass: the expectation is stale, remove it",
    });
  });
});
