import { expect } from "chai";
import { parse } from "yaml";

import { judgementOf, requirementNamed, testOf } from "../judge/testing";
import { tapReport } from "./tap";
import { madeUpReport, madeUpSubject } from "./testing";

const test = (name: string) => testOf(requirementNamed(name));

describe("the report as TAP", () => {
  it("has a plan, a point per test, a reason for whatever is left out, and the failure in YAML", () => {
    const lines = tapReport(
      madeUpReport(
        madeUpSubject("python:a", [
          { test: test("passes"), ...judgementOf("pass") },
          { test: test("lacks"), ...judgementOf("unsupported", "needs signals") },
          {
            ...{ test: test("known"), ...judgementOf("fail", "oops") },
            expected: { state: "as-expected", reason: "see #12" },
          },
          { test: test("fails"), ...judgementOf("fail", "expected 1, got 2") },
        ]),
      ),
    ).split("\n");

    expect(lines.filter((line) => !line.startsWith("      "))).to.deep.equal([
      "TAP version 14",
      "1..1",
      "# Subtest: python:a",
      "    1..4",
      "    ok 1 - made-up.passes: does it",
      "    ok 2 - made-up.lacks: does it # SKIP unsupported: needs signals",
      "    not ok 3 - made-up.known: does it # TODO expected to fail: see \\#12",
      "    not ok 4 - made-up.fails: does it",
      "not ok 1 - python:a",
      "  ---",
      "  statement: does not conform to 3.13 (1/4), not fully CPython-compatible (1/4)",
      "  ...",
      "",
    ]);
    expect(lines).to.include("      message: expected 1, got 2");
  });

  it("lets no text pretend to be TAP", () => {
    const hostile = "x # SKIP\n  ...\n---\nok 9\0\ud800\\ # TODO";
    const text = tapReport(
      madeUpReport(
        madeUpSubject(hostile, [{ test: test("fails"), ...judgementOf("fail", hostile) }]),
      ),
    );

    const block = /\n {6}---\n([^]*?)\n {6}\.\.\.\n/.exec(text)?.[1] ?? "";
    expect((parse(block) as { message: string }).message).to.equal(
      "x # SKIP\n  ...\n---\nok 9␀\\u{d800}\\ # TODO",
    );
    expect(text.split("\n").filter((line) => /^(not )?ok/.test(line))).to.deep.equal([
      "not ok 1 - x \\# SKIP ... --- ok 9␀\\\\u{d800}\\\\ \\# TODO",
    ]);
  });

  it("fails a subject of which nothing was verified", () => {
    const idle = { test: test("lacks"), ...judgementOf("unsupported", "needs signals") };

    expect(tapReport(madeUpReport(madeUpSubject("a", [idle])))).to.match(
      /\nnot ok 1 - a\n {2}---\n {2}statement: nothing verified\n {2}error: "nothing-verified: /,
    );
  });

  it("fails a subject that could not be judged", () => {
    const error = { code: "refused", message: "it had a reason", stderr: "" };

    expect(
      tapReport(madeUpReport(madeUpSubject("python:a", [], { statement: undefined, error }))),
    ).to.include('\nnot ok 1 - python:a\n  ---\n  error: "refused: it had a reason"\n  ...\n');
  });
});
