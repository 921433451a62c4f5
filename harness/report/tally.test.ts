import { expect } from "chai";

import type { Expected } from "../judge/statement";
import { judgementOf, requirementNamed, testOf } from "../judge/testing";
import type { Outcome } from "../judge/verdict";
import type { StaleExpectation, SubjectReport } from "./model";
import { tallyOf, tallyWords } from "./tally";
import { madeUpReport, madeUpSubject, type Found } from "./testing";

let tests = 0;
const found = (outcome: Outcome, expected?: Expected): Found => ({
  test: testOf(requirementNamed(`r${++tests}`)),
  ...judgementOf(outcome, "why"),
  ...(expected && { expected }),
});
const known = { state: "as-expected", reason: "a gap" } as const;
const staleEntry: StaleExpectation = {
  ...{ where: "known.yaml:3", about: "x", expected: ["fail"], found: ["pass"], reason: "a gap" },
};
const words = (...subjects: SubjectReport[]) => tallyWords(tallyOf(madeUpReport(...subjects)));

describe("what a run came to, in one line", () => {
  it("says that nothing failed", () => {
    expect(words(madeUpSubject("a", [found("pass"), found("pass")]))).to.equal("none failed");
  });

  it("tells failures from what is unsupported or was not run", () => {
    const subject = madeUpSubject("a", [
      ...(["fail", "timeout", "crash", "protocol-error", "pass"] as const).map((it) => found(it)),
      ...[found("unsupported"), found("not-run"), found("not-run")],
    ]);

    expect(words(subject)).to.equal("4 failed, 1 unsupported, 2 not run");
  });

  it("tells what a list of expectations excuses from what it does not", () => {
    const subject = madeUpSubject(
      "a",
      [
        found("pass", known),
        found("fail", known),
        found("crash", known),
        found("fail", { state: "unexpected" }),
        found("pass", { state: "stale", reason: "a gap" }),
      ],
      { stale: [staleEntry] },
    );

    expect(words(subject)).to.equal(
      "1 failed unexpectedly, 1 stale expectation, 2 failed as expected",
    );
  });

  it("says under expectations that nothing else failed", () => {
    expect(words(madeUpSubject("a", [found("fail", known)], { stale: [] }))).to.equal(
      "none failed unexpectedly, 1 failed as expected",
    );
  });

  it("says whose mistake it was, and what was not judged at all", () => {
    const error = { code: "refused", message: "it had a reason", stderr: "" };

    expect(
      words(
        madeUpSubject("a", [found("harness-error"), found("pass")]),
        madeUpSubject("b", [], { statement: undefined, error }),
        madeUpSubject("c", [found("unsupported")]),
      ),
    ).to.equal(
      "1 broke the harness, 1 subject unusable, nothing verified of 1 subject, none failed, 1 unsupported",
    );
  });
});
