import { expect } from "chai";

import { statementOf } from "../judge/statement";
import { helloOf, judgementOf, requirementNamed, testOf } from "../judge/testing";
import type { Report, StaleExpectation, SubjectReport } from "./model";
import { madeUpProvenance } from "./testing";
import { doneLine, terminalReport } from "./terminal";

const [good, bad] = [requirementNamed("good"), requirementNamed("bad", { note: "Old ones fail." })];
const tests = [testOf(good), testOf(bad, "does it at once"), testOf(bad, "does it twice")];
const plan = { edition: "3.13", requirements: [good, bad], tests, partial: false } as const;

const subject = (name: string, ...messages: (string | undefined)[]): SubjectReport => ({
  name,
  hello: helloOf(),
  edition: "3.13",
  statement: statementOf(
    plan,
    new Map(
      tests.map((test, index) => {
        const message = messages[index];
        return [test, judgementOf(message === undefined ? "pass" : "fail", message)];
      }),
    ),
    "",
  ),
  error: undefined,
  durationMs: 1234,
  provenance: madeUpProvenance(),
});

const report = (...subjects: SubjectReport[]): Report => ({
  version: "1.0.0",
  startedAt: new Date(0),
  durationMs: 0,
  complete: true,
  subjects,
});

const plain = { colour: false, width: 80 };

describe("the report for a terminal", () => {
  it("is one table and one sentence when all is well", () => {
    expect(terminalReport(report(subject("python:python3")), plain).split("\n")).to.deep.equal([
      "subject         implementation          edition  conformant  CPython-compatible  time",
      "python:python3  Fake 1.0 on TypeScript  3.13     2/2         2/2                 1.2 s",
      "",
      "python:python3: conformant to 3.13 (2/2), CPython-compatible (2/2)",
    ]);
  });

  it("tells the same failure once for all its tests and subjects", () => {
    const [one, two] = [
      subject("python:a?run=x:y", undefined, "expected 1, got 2", "expected 1, got 3"),
      subject("python:b", undefined, "expected 1, got 4"),
    ];

    expect(terminalReport(report(one, two), plain).split("\n").slice(4, -3)).to.deep.equal([
      "1) made-up.bad",
      "   The runner does bad.",
      "   tests",
      "     does it at once",
      "     does it twice",
      "   on",
      "     python:a?run=x:y, python:b",
      "   what we saw",
      "     expected 1, got 2",
      "   hint",
      "     Do bad.",
      "   note",
      "     Old ones fail.",
      "   repeat just this",
      "     runner-conformance run 'python:a?run=x:y' --requirement made-up.bad",
    ]);
  });

  it("says why a subject could not be judged, and shows what it wrote", () => {
    const error = { code: "refused", message: "it had a reason", stderr: "Traceback\nOops\n" };
    const broken = { ...subject("python:c"), statement: undefined, error };

    const text = terminalReport(report(broken), plain);

    expect(text).to.match(/python:c .* not judged/);
    expect(text).to.include("python:c: refused\n  it had a reason\n  | Traceback\n  | Oops\n");
    expect(doneLine(broken)).to.equal("python:c: refused after 1.2 s");
  });

  it("counts on the line of a subject what failed, and nothing else as failed", () => {
    expect(doneLine(subject("python:a", undefined, "expected 1, got 2"))).to.equal(
      "python:a: 3 tests in 1.2 s, 1 failed",
    );
  });

  it("ends with how it stands to a list of expectations", () => {
    const entry: StaleExpectation = {
      ...{ where: "known.yaml:3", about: "x", expected: ["fail"], found: ["pass"] },
      reason: "a gap",
    };
    const last = (stale: readonly StaleExpectation[]) =>
      terminalReport(report({ ...subject("a"), stale }), plain)
        .split("\n")
        .at(-1);

    expect(last([])).to.equal("gate: green, none failed unexpectedly");
    expect(last([entry])).to.equal("gate: red, none failed unexpectedly, 1 stale expectation");
  });

  it("says that it is incomplete", () => {
    const cut = { ...report(subject("python:python3")), complete: false };

    expect(terminalReport(cut, plain)).to.match(/\ninterrupted: this report is incomplete$/);
  });

  it("is coloured only when told to", () => {
    const text = (colour: boolean) =>
      terminalReport(report(subject("python:python3")), { colour, width: 80 });

    expect([text(true).includes("\x1b["), text(false).includes("\x1b[")]).to.deep.equal([
      true,
      false,
    ]);
  });
});
