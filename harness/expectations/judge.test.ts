import { expect } from "chai";

import { assess } from "./judge";
import { fileOf, reportOf, suite, titles, type Found } from "./testing";

const both = "requirement: result.run-returns-the-object";
const twice = `test: '${titles.twice}'`;

/** What a list of expectations makes of what was found: one word per test, and the stale lines. */
function judged(
  entries: readonly string[],
  found: Found,
  options: Parameters<typeof reportOf>[1] = {},
): Readonly<Record<string, unknown>> {
  const { report, stale } = assess(reportOf(found, options), fileOf(...entries), suite);
  const results = (report.statement?.requirements ?? []).flatMap((it) => it.results);
  const states = Object.entries(titles).map(([name, title]) => [
    name,
    results.find(({ test }) => test.title === title)?.expected?.state,
  ]);
  return {
    ...(Object.fromEntries(states) as Record<string, unknown>),
    stale: stale.map(({ line }) => line),
  };
}

describe("what was found against what was expected", () => {
  it("is unexpected where nobody speaks about a failure, and as expected otherwise", () => {
    expect(
      judged([], { once: "pass", twice: ["fail", "expected 1, got 2"], loop: "unsupported" }),
    ).to.deep.equal({ once: "as-expected", twice: "unexpected", loop: "as-expected", stale: [] });
  });

  it("is as expected where a failure is listed, with its reason and issue", () => {
    const file = fileOf(`${twice}, outcome: fail, reason: known, issue: 'https://example.org/1'`);

    const { report } = assess(reportOf({ once: "pass", twice: "fail", loop: "pass" }), file, suite);

    expect(
      report.statement?.requirements.flatMap((it) => it.results.map(({ expected }) => expected)),
    ).to.deep.equal([
      { state: "as-expected" },
      { state: "as-expected", reason: "known", issue: "https://example.org/1" },
      { state: "as-expected" },
    ]);
  });

  it("leaves the statement as it was", () => {
    const before = reportOf({ once: "pass", twice: "fail", loop: "pass" });

    const { report } = assess(before, fileOf(`${twice}, outcome: fail, reason: r`), suite);

    expect(report.statement?.sentence).to.equal(before.statement?.sentence);
    expect(report.statement?.requirements.map(({ outcome }) => outcome)).to.deep.equal([
      "fail",
      "pass",
    ]);
  });

  it("is unexpected where it fails in another way than listed, and says what was listed", () => {
    const { report } = assess(
      reportOf({ once: "pass", twice: "crash", loop: "pass" }),
      fileOf(`${both}, outcome: fail, message: 'expected 1', reason: r`),
      suite,
    );

    const [, result] = report.statement?.requirements.flatMap((it) => it.results) ?? [];
    expect(result?.expected).to.deep.equal({
      ...{ state: "unexpected", reason: "r" },
      instead: 'fail with "expected 1" (e.yaml:3)',
    });
  });

  it("compares the beginning of the message where one is listed", () => {
    const entry = `${twice}, outcome: fail, message: 'expected 1', reason: r`;
    const found = (message: string) =>
      judged([entry], { once: "pass", twice: ["fail", message], loop: "pass" });

    expect(found("expected 1, got 2")).to.include({ twice: "as-expected" });
    expect(found("got 2, expected 1")).to.deep.include({ twice: "unexpected", stale: [] });
  });

  it("is stale where a listed failure passes", () => {
    expect(
      judged([`${twice}, outcome: fail, reason: r`], { once: "pass", twice: "pass", loop: "pass" }),
    ).to.deep.equal({ once: "as-expected", twice: "stale", loop: "as-expected", stale: [3] });
  });

  it("is not stale while one test of a listed requirement still fails", () => {
    expect(
      judged([`${both}, outcome: fail, reason: r`], { once: "pass", twice: "fail", loop: "pass" }),
    ).to.deep.equal({ once: "as-expected", twice: "as-expected", loop: "as-expected", stale: [] });
  });

  it("is stale and unexpected where a test only fails in another way", () => {
    expect(
      judged([`${twice}, outcome: crash, reason: r`], {
        once: "pass",
        twice: "fail",
        loop: "pass",
      }),
    ).to.deep.include({ twice: "unexpected", stale: [3] });
  });

  it("names what is stale, where, and what came instead", () => {
    const { report } = assess(
      reportOf({ once: "pass", twice: "crash", loop: "pass" }),
      fileOf(`${both}, outcome: timeout, reason: r`),
      suite,
    );

    expect(report.stale).to.deep.equal([
      {
        ...{ where: "e.yaml:3", about: "result.run-returns-the-object", reason: "r" },
        ...{ expected: ["timeout"], found: ["pass", "crash"] },
      },
    ]);
  });

  for (const outcome of ["unsupported", "not-run", "inapplicable"] as const) {
    it(`is never stale because a test is ${outcome}`, () => {
      expect(
        judged([`${twice}, outcome: fail, reason: r`], {
          once: "pass",
          twice: outcome,
          loop: "pass",
        }),
      ).to.deep.include({ stale: [] });
    });
  }

  it("is not stale as long as a test it is about was not run", () => {
    expect(judged([`${both}, outcome: fail, reason: r`], { once: "pass" })).to.deep.include({
      stale: [],
      twice: undefined,
    });
  });

  it("is not stale because of tests another edition has", () => {
    expect(
      judged(
        ["requirement: interrupt.second-is-immediate, outcome: timeout, reason: r"],
        { once: "pass", twice: "pass" },
        { edition: "3.8" },
      ),
    ).to.deep.include({ stale: [] });
  });

  it("accepts whatever a flaky list names, and nothing else", () => {
    const found = (outcome: "pass" | "timeout" | "fail") =>
      judged([`${twice}, outcome: [pass, timeout], reason: slow`], {
        ...{ once: "pass", twice: outcome, loop: "pass" },
      });

    expect(found("pass")).to.deep.include({ twice: "as-expected", stale: [] });
    expect(found("timeout")).to.deep.include({ twice: "as-expected", stale: [] });
    expect(found("fail")).to.deep.include({ twice: "unexpected", stale: [] });
  });

  it("may expect that something is unsupported, and is stale when it no longer is", () => {
    const entry = `${twice}, outcome: unsupported, reason: r`;

    expect(judged([entry], { once: "pass", twice: "unsupported", loop: "pass" })).to.deep.include({
      twice: "as-expected",
      stale: [],
    });
    expect(judged([entry], { once: "pass", twice: "pass", loop: "pass" })).to.deep.include({
      twice: "stale",
      stale: [3],
    });
  });

  const circumstances: Record<string, { when: string; holds: boolean }> = {
    "its edition": { when: "edition: '3.12'", holds: true },
    "one of its editions": { when: "edition: ['3.11', '3.12']", holds: true },
    "another edition": { when: "edition: '3.13'", holds: false },
    "its platform": { when: "platform: here", holds: true },
    "another platform": { when: "platform: there", holds: false },
    "its version": { when: "version: '3.12'", holds: true },
    "a range with its version": { when: "version: '<3.12.3'", holds: true },
    "another version": { when: "version: '>=3.12.3'", holds: false },
    "its edition and another version": { when: "edition: '3.12', version: '3.13'", holds: false },
  };
  for (const [what, { when, holds }] of Object.entries(circumstances)) {
    it(`${holds ? "holds" : "does not hold"} for ${what}`, () => {
      const entry = `${twice}, outcome: fail, reason: r, when: { ${when} }`;
      const options = { edition: "3.12", version: "3.12.1" } as const;
      const found = (twiceFound: "fail" | "pass") =>
        judged([entry], { once: "pass", twice: twiceFound, loop: "pass" }, options);

      expect(found("fail")).to.include({ twice: holds ? "as-expected" : "unexpected" });
      expect(found("pass")).to.deep.include({ stale: holds ? [3] : [] });
    });
  }

  it("says nothing of a subject that did not start", () => {
    const broken = { ...reportOf({}), hello: undefined, statement: undefined };
    const file = fileOf(`${twice}, outcome: fail, reason: r`);

    expect(assess(broken, file, suite)).to.deep.equal({
      ...{ file, report: broken, circumstances: undefined, stale: [], live: [] },
    });
  });
});
