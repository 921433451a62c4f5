import { expect } from "chai";

import { judgementOf, requirementNamed, testOf } from "../judge/testing";
import type { Outcome } from "../judge/verdict";
import { badge } from "./badge";
import type { SubjectReport } from "./model";
import { madeUpProvenance, madeUpReport, madeUpSubject } from "./testing";

const subject = (stated: Outcome, observed: Outcome = "pass", more: Partial<SubjectReport> = {}) =>
  madeUpSubject(
    "a",
    [
      { test: testOf(requirementNamed("x")), ...judgementOf(stated) },
      { test: testOf(requirementNamed("y", {}, "observed")), ...judgementOf(observed) },
    ],
    more,
  );

const shown = (...subjects: SubjectReport[]): readonly unknown[] => {
  const { message, color } = JSON.parse(badge(madeUpReport(...subjects))) as Record<
    string,
    unknown
  >;
  return [message, color];
};

describe("the badge", () => {
  it("has the form shields.io reads", () => {
    expect(JSON.parse(badge(madeUpReport(subject("pass"))))).to.deep.equal({
      schemaVersion: 1,
      label: "asyncio Runners",
      message: "conformant to 3.13 (1/1)",
      color: "brightgreen",
    });
  });

  it("has the colour of what may be said", () => {
    expect(shown(subject("pass", "fail"))).to.deep.equal(["conformant to 3.13 (1/1)", "green"]);
    expect(shown(subject("fail"))).to.deep.equal(["does not conform to 3.13 (0/1)", "red"]);
    expect(shown(subject("unsupported"))).to.deep.equal([
      "holds what it supports of 3.13 (0/1; 1 unsupported)",
      "yellowgreen",
    ]);
    expect(shown(subject("harness-error"))).to.deep.equal([
      "not fully judged by 3.13 (0/1)",
      "lightgrey",
    ]);
  });

  it("never claims more than was judged", () => {
    const because = (more: object) => ({ provenance: madeUpProvenance(more) });
    const error = { code: "refused", message: "no", stderr: "" };

    expect(shown(subject("pass", "pass", because({ partial: true })))[1]).to.equal("lightgrey");
    expect(shown(subject("pass", "pass", because({ complete: false })))).to.deep.equal([
      "not fully judged",
      "lightgrey",
    ]);
    expect(shown(subject("pass", "pass", { error }))).to.deep.equal(["not judged", "lightgrey"]);
    expect(shown(subject("not-run", "not-run"))).to.deep.equal(["nothing verified", "lightgrey"]);
    expect(shown()).to.deep.equal(["0 of 0 implementations conform", "lightgrey"]);
  });

  it("counts several implementations, in the colour of the worst", () => {
    expect(shown(subject("pass"), subject("fail"), subject("pass", "fail"))).to.deep.equal([
      "2 of 3 implementations conform",
      "red",
    ]);
  });
});
