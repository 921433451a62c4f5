import { expect } from "chai";

import { judgementOf, requirementNamed, testOf } from "../judge/testing";
import { annotations } from "./annotations";
import { madeUpReport, madeUpSubject, type Found } from "./testing";

const failing = (name: string, message = "expected 1, got 2"): Found => ({
  test: testOf(requirementNamed(name)),
  ...judgementOf("fail", message),
});
const errorsOf = (text: string) => text.split("\n").filter((line) => line.startsWith("::error"));

describe("the report as annotations of GitHub", () => {
  it("is an error per failure, wherever it came up, and a notice per statement", () => {
    const [a, b] = ["python:a", "python:b"].map((name) => madeUpSubject(name, [failing("fails")]));

    expect(annotations(madeUpReport(a as never, b as never)).split("\n")).to.deep.equal([
      "::error title=made-up.fails (python%3Aa%2C python%3Ab)::" +
        "The runner does fails.%0Aexpected 1, got 2%0AHint: Do fails.",
      "::notice title=python%3Aa::does not conform to 3.13 (0/1), not fully CPython-compatible (0/1)",
      "::notice title=python%3Ab::does not conform to 3.13 (0/1), not fully CPython-compatible (0/1)",
      "",
    ]);
  });

  it("lets no text begin a command or a property of its own", () => {
    const hostile = "100%\r\n::error::x,y:z\0";

    expect(
      errorsOf(annotations(madeUpReport(madeUpSubject(hostile, [failing("x", hostile)])))),
    ).to.deep.equal([
      "::error title=made-up.x (100%25 %3A%3Aerror%3A%3Ax%2Cy%3Az␀)::" +
        "The runner does x.%0A100%25%0D%0A::error::x,y:z␀%0AHint: Do x.",
    ]);
  });

  it("is silent about what was expected, and not about what is stale", () => {
    const known: Found = {
      ...failing("known"),
      expected: { state: "as-expected", reason: "a gap" },
    };
    const repaired: Found = {
      ...{ test: testOf(requirementNamed("repaired")), ...judgementOf("pass") },
      expected: { state: "stale", reason: "a gap" },
    };

    const errors = errorsOf(annotations(madeUpReport(madeUpSubject("a", [known, repaired]))));

    expect(errors).to.have.length(1);
    expect(errors[0]).to.match(/^::error title=made-up.repaired%3A .*the expectation is stale/);
  });

  it("says how many it leaves out, as GitHub would not", () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      failing(`x${"abcdefghijkl"[index] ?? ""}`),
    );

    const errors = errorsOf(annotations(madeUpReport(madeUpSubject("a", many))));

    expect(errors).to.have.length(10);
    expect(errors.at(-1)).to.equal(
      "::error title=runner-conformance::3 more errors: see the report",
    );
  });

  it("is an error where nothing was verified", () => {
    const idle = { test: testOf(requirementNamed("x")), ...judgementOf("unsupported", "why") };

    expect(errorsOf(annotations(madeUpReport(madeUpSubject("a", [idle]))))).to.have.length(1);
  });

  it("names a subject that could not be judged", () => {
    const error = { code: "refused", message: "it had a reason", stderr: "Oops" };

    expect(
      annotations(madeUpReport(madeUpSubject("a", [], { statement: undefined, error }))),
    ).to.equal("::error title=a%3A refused::it had a reason%0AOops\n");
  });
});
