import { expect } from "chai";

import { UsageError } from "../usage-error";
import type { Judgement } from "../judge/judge";
import { judgementOf } from "../judge/testing";
import { compared, type Changes } from "./diff";
import { diffText } from "./diff-text";
import { paired } from "./pairs";
import { subjectReportOf } from "./report-of";
import { recorded, smallSelection, temporaryFolder, type MadeUp } from "./testing";

const selection = smallSelection(1);
const [first, second] = selection.tests;
const fails = (message: string): Judgement => judgementOf("fail", message);

describe("comparing two results", () => {
  const folder = temporaryFolder();
  const subject = (madeUp: MadeUp) => subjectReportOf(recorded(folder(), { selection, ...madeUp }));
  /** One test of two that comes to this; "gone" is a test that the result does not have. */
  const coming = (to: Judgement | "gone" | undefined) =>
    subject(
      to === "gone"
        ? { selection: { ...selection, tests: selection.tests.slice(1) } }
        : { judge: (test) => (test === first ? to : judgementOf("pass")) },
    );

  const changes: Record<
    string,
    { before: Judgement | "gone" | undefined; after: Judgement | "gone" | undefined; is: string }
  > = {
    "fails after it passed": { before: judgementOf("pass"), after: fails("a"), is: "regressions" },
    "hangs after it passed": {
      ...{ before: judgementOf("pass"), after: judgementOf("timeout"), is: "regressions" },
    },
    "passes after it failed": { before: fails("a"), after: judgementOf("pass"), is: "fixes" },
    "fails for another reason": {
      ...{ before: fails("a"), after: fails("b"), is: "changedFailures" },
    },
    "crashes after it failed": {
      ...{ before: fails("a"), after: judgementOf("crash", "a"), is: "changedFailures" },
    },
    "fails with another number": {
      ...{ before: fails("got object#1"), after: fails("got object#7"), is: "none" },
    },
    "is unsupported after it passed": {
      ...{ before: judgementOf("pass"), after: judgementOf("unsupported"), is: "lost" },
    },
    "was not run after it passed": { before: judgementOf("pass"), after: undefined, is: "lost" },
    "is gone after it passed": { before: judgementOf("pass"), after: "gone", is: "lost" },
    "is gone after it failed": { before: fails("a"), after: "gone", is: "lost" },
    "could not be judged after it passed": {
      ...{ before: judgementOf("pass"), after: judgementOf("harness-error"), is: "lost" },
    },
    "passes after it was unsupported": {
      ...{ before: judgementOf("unsupported"), after: judgementOf("pass"), is: "gained" },
    },
    "fails after it was not run": { before: undefined, after: fails("a"), is: "gained" },
    "is new": { before: "gone", after: fails("a"), is: "added" },
    "is as it was": { before: fails("a"), after: fails("a"), is: "none" },
    "is as unsupported as it was": {
      ...{ before: judgementOf("unsupported"), after: judgementOf("unsupported"), is: "none" },
    },
  };
  for (const [what, { before, after, is }] of Object.entries(changes)) {
    it(`puts a test that ${what} under ${is}`, () => {
      const { regressions, fixes, changedFailures, lost, gained, added } = compared(
        coming(before),
        coming(after),
      );

      const found: Changes = { regressions, fixes, changedFailures, lost, gained, added };
      const titles = Object.entries(found).flatMap(([kind, list]) =>
        (list as Changes["lost"]).map(({ title }) => [kind, title]),
      );
      expect(titles).to.deep.equal(is === "none" ? [] : [[is, first?.title]]);
    });
  }

  it("is told in words", () => {
    const before = subject({
      judge: (test) => (test === first ? fails("a") : judgementOf("pass")),
    });
    const after = subject({
      ...{ subject: "reference", catalogue: "d", edition: "3.12", stopped: "first-failure" },
      judge: (test) => (test === second ? fails("expected 1, got 2") : undefined),
    });

    expect(diffText(compared(before, after), 100).split("\n")).to.deep.equal([
      "before: python:python3 (Fake 1.0 on TypeScript): of the selected requirements of 3.13, 0/1 hold",
      "after:  reference (Fake 1.0 on TypeScript): of the selected requirements of 3.12, 0/1 hold",
      "note: these are two subjects",
      "note: judged by two editions, 3.13 and 3.12",
      "note: judged by two catalogues, c and d: tests that came or went may be ours",
      "note: the result after is incomplete",
      "",
      "1 regression",
      `  ${second?.title ?? ""}: pass before, fail now`,
      "    expected 1, got 2",
      "",
      "1 test no longer verified",
      `  ${first?.title ?? ""}: fail before, not-run now`,
      "    before: a",
      "    stopped after the first failure",
      "",
      "1 test compared: 1 regression, 1 test no longer verified",
    ]);
  });

  it("tells what several tests of a requirement found once", () => {
    const [before, after] = [
      subject({}),
      subject({ judge: (test) => fails(test === first ? "got 1" : "got 2") }),
    ];

    expect(diffText(compared(before, after), 100).split("\n").slice(3, -2)).to.deep.equal([
      "2 regressions",
      `  ${first?.requirement.id ?? ""} (2 tests): pass before, fail now`,
      "    got 1",
    ]);
  });

  it("is told in one line when there is nothing to tell", () => {
    const same = subject({});

    expect(diffText(compared(same, same), 100).split("\n").slice(2)).to.deep.equal([
      "",
      "2 tests compared: no difference",
    ]);
  });

  it("pairs subjects by name and edition", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => subject({ subject: name }));
    const [again, other] = [subject({ subject: "b" }), subject({ subject: "c", edition: "3.12" })];
    if (a === undefined || b === undefined || c === undefined) throw new Error("three subjects");

    expect(paired([a, b, c], [again, other])).to.deep.equal({
      pairs: [[b, again]],
      onlyBefore: [a, c],
      onlyAfter: [other],
    });
    expect(() => paired([a, b], [other])).to.throw(
      UsageError,
      "expected a subject on both sides, got a, b and c; to compare two subjects, name one result file of each",
    );
  });
});
