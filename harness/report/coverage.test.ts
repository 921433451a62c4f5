import { expect } from "chai";

// Titles of families are known once the catalogue is loaded, whichever test file comes first.
import "../../spec/catalogue";

import type { Requirement } from "../../spec/requirement";
import { coverageReport, type Coverage } from "./coverage";
import { columnsOf, UnusableResults } from "./coverage-columns";
import { committedColumns, compareCoverage } from "./coverage-committed";
import { killsOf } from "./coverage-kills";

const requirement = (name: string, more: Partial<Requirement> = {}): Requirement => ({
  id: `result.${name}`,
  family: "result",
  text: "It does.",
  basis: "stated",
  since: "3.7",
  source: [],
  hint: "Look.",
  inventory: [],
  ...more,
});

const requirements = [
  requirement("returns"),
  requirement("raises", { note: "Not before 3.13.1.", until: "3.13" }),
  requirement("shines", { basis: "observed", since: "3.14" }),
  requirement("sings", { untestable: "Nobody hears it." }),
];

/** The text of a `run --json` of one subject. */
const results = (subject: string, version: string, edition: string, outcomes: object): string =>
  JSON.stringify({
    schemaVersion: 1,
    complete: true,
    subjects: [
      {
        subject,
        identity: { name: subject.startsWith("reference") ? "reference" : "CPython", version },
        edition,
        error: null,
        statement: {
          conformant: { passed: 1, of: 2 },
          compatible: { passed: 1, of: 2 },
          unsupported: [],
        },
        requirements: Object.entries(outcomes).map(([name, outcome]) => ({
          id: `result.${name}`,
          outcome: outcome as string,
        })),
      },
    ],
  });

const reference15 = results("reference@3.15", "3.15", "3.15", { returns: "pass", shines: "pass" });
const reference13 = results("reference@3.13", "3.13", "3.13", { returns: "pass", raises: "pass" });
const cpython13 = results("python:python3.13", "3.13.0", "3.13", {
  returns: "pass",
  raises: "timeout",
});

const coverageOf = (...texts: string[]): Coverage => ({
  requirements,
  tests: new Map([
    ["result.returns", 2],
    ["result.raises", 1],
  ]),
  kills: new Map([["result.returns", 3]]),
  columns: columnsOf(texts, requirements),
});
const coverage = coverageOf(reference15, reference13, cpython13);

describe("the coverage report", () => {
  const report = coverageReport(coverage);
  const lineWith = (text: string) => report.split("\n").filter((line) => line.includes(text));

  it("has one line per requirement, with a verdict on everything judged", () => {
    expect(lineWith("[result.")).to.deep.equal([
      "- [result.shines](spec/families/result.ts) (observed, 3.14 on)",
      "- [result.raises](spec/families/result.ts) (stated, 3.7 to 3.13)",
      "- [result.raises](spec/families/result.ts) (stated, 3.7 to 3.13): CPython 3.13.0. Not before 3.13.1.",
      "| [result.returns](spec/families/result.ts) | stated | 3.7 on | 2 | 3 | ✓ | ✓ |",
      "| [result.raises](spec/families/result.ts) | stated | 3.7 to 3.13 | 1 | 0 | ✓ | ✗ |",
      "| [result.shines](spec/families/result.ts) | observed | 3.14 on | 0 | 0 | ✓ | – |",
      "- [result.sings](spec/families/result.ts) (stated, 3.7 on): Nobody hears it.",
    ]);
  });

  it("tells first what needs attention", () => {
    expect(lineWith("### ").slice(0, 5)).to.deep.equal([
      "### Uncovered: no test decides it (1)",
      "### Unproven: no fault has made its tests fail (1)",
      "### The reference does not do it (0)",
      "### The reference does not claim what it needs (0)",
      "### A real implementation does not do it (1)",
    ]);
  });

  it("counts per edition", () => {
    expect(lineWith("| 3.15 | ")).to.deep.equal([
      "| reference | 3.15 | 1/2 | 1/2 | 0 | 0 |",
      "| 3.15 | 2 | 0 | 1 | 3 | 1 | 1 | 0 |",
    ]);
  });

  it("is the same in whatever order subjects were judged", () => {
    expect(coverageReport(coverageOf(cpython13, reference13, reference15))).to.equal(report);
  });

  it("can be read back", () => {
    const columns = committedColumns(report);

    expect(coverageReport({ ...coverage, columns })).to.equal(report);
  });
});

describe("a committed coverage report", () => {
  const committed = coverageReport(coverage);

  it("agrees with what it was made of", () => {
    expect(compareCoverage(committed, coverage)).to.deep.equal({
      differences: [],
      trusted: [],
      unknown: [],
    });
  });

  it("is trusted where this machine cannot judge", () => {
    const other = results("python:python3.12", "3.12.9", "3.12", {
      returns: "pass",
      raises: "fail",
    });

    expect(compareCoverage(committed, coverageOf(reference15, other))).to.deep.equal({
      differences: [],
      trusted: ["CPython 3.13.0"],
      unknown: ["CPython 3.12.9"],
    });
  });

  it("is refuted by another verdict, line by line", () => {
    const repaired = results("python:python3.13", "3.13.0", "3.13", {
      returns: "pass",
      raises: "pass",
    });

    const { differences } = compareCoverage(committed, coverageOf(repaired));

    expect(differences.filter((line) => line.includes("| ["))).to.deep.equal([
      "- | [result.raises](spec/families/result.ts) | stated | 3.7 to 3.13 | 1 | 0 | ✓ | ✗ |",
      "+ | [result.raises](spec/families/result.ts) | stated | 3.7 to 3.13 | 1 | 0 | ✓ | ✓ |",
    ]);
  });

  it("is refuted by another number of tests, whatever is on this machine", () => {
    const grown = { ...coverage, tests: new Map([["result.returns", 9]]), columns: [] };

    expect(compareCoverage(committed, grown).differences).to.include(
      "+ | [result.returns](spec/families/result.ts) | stated | 3.7 on | 9 | 3 | ✓ | ✓ |",
    );
  });
});

describe("results that no coverage report can be made of", () => {
  const refused: Record<string, [text: string, says: RegExp]> = {
    "of a part of the suite": [
      results("reference@3.15", "3.15", "3.15", { returns: "pass" }),
      /expected a run of the whole suite, got one without result\.shines on reference@3\.15/,
    ],
    "with something not decided": [
      results("reference@3.7", "3.7", "3.7", { returns: "harness-error", raises: "pass" }),
      /got harness-error for result\.returns on reference@3\.7 by 3\.7/,
    ],
    "of an interrupted run": ['{"schemaVersion":1,"complete":false,"subjects":[]}', /complete/],
  };
  for (const [what, [text, says]] of Object.entries(refused)) {
    it(`are those ${what}`, () => {
      expect(() => columnsOf([text], requirements)).to.throw(UnusableResults, says);
    });
  }
});

describe("a kill matrix", () => {
  it("counts the faults made for each requirement", () => {
    const plain = JSON.stringify({ "result.returns": ["a", "b"], "result.raises": [] });
    const whole = JSON.stringify({
      requirements: { "result.returns": { killed: ["a", "b"], alsoKilled: ["c"] } },
      unproven: [],
    });

    expect([...killsOf(plain)]).to.deep.equal([["result.returns", 2]]);
    expect([...killsOf(whole)]).to.deep.equal([["result.returns", 2]]);
  });
});
