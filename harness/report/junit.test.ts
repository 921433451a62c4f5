import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { validateXML } from "xmllint-wasm";

import { judgementOf, requirementNamed, testOf } from "../judge/testing";
import { junitReport } from "./junit";
import { madeUpProvenance, madeUpReport, madeUpSubject, type Found } from "./testing";

const schema = readFileSync(join(__dirname, "junit.xsd"), "utf8");

const complaints = async (contents: string): Promise<readonly string[]> => {
  const { errors } = await validateXML({ xml: { fileName: "report.xml", contents }, schema });
  return errors.map(({ message }) => message);
};

const test = (name: string) => testOf(requirementNamed(name));
const found = (
  name: string,
  outcome: Parameters<typeof judgementOf>[0],
  message?: string,
): Found => ({
  test: test(name),
  ...judgementOf(outcome, message),
});
const excuse = { reason: "a known gap", issue: "https://example.org/1" };

/** The attributes and children of a case, without its name. */
const caseNamed = (xml: string, name: string): string =>
  new RegExp(`<testcase name="made-up\\.${name}: [^"]*"([^]*?)(?:/>|</testcase>)`).exec(xml)?.[1] ??
  "";

describe("the report as JUnit XML", () => {
  const report = madeUpReport(
    madeUpSubject("python:a", [
      found("passes", "pass"),
      found("fails", "fail", "expected 1, got 2"),
      found("hangs", "timeout", "expected an end"),
      found("crashes", "crash", "expected a life"),
      found("mumbles", "protocol-error", "expected a message"),
      found("breaks-us", "harness-error", "Error: ours"),
      found("lacks", "unsupported", "needs signals"),
      found("waits", "not-run", "interrupted"),
      { ...found("known", "fail", "oops"), expected: { state: "as-expected", ...excuse } },
      { ...found("repaired", "pass"), expected: { state: "stale", ...excuse } },
      { ...found("worse", "crash", "oops"), expected: { state: "unexpected", ...excuse } },
    ]),
    madeUpSubject("python:b", [], {
      statement: undefined,
      hello: undefined,
      error: { code: "refused", message: "it had a reason", stderr: "Traceback" },
    }),
  );
  const xml = junitReport(report);

  it("is what its schema says", async () => {
    expect(await complaints(xml)).to.deep.equal([]);
  });

  it("is measured by a schema that refuses other things", async () => {
    expect(
      await complaints(xml.replaceAll("skipped message", "skipped because")),
    ).to.not.deep.equal([]);
  });

  it("counts in its root and in its suites", () => {
    expect(xml).to.match(/<testsuites [^>]*tests="12" failures="2" errors="6" skipped="3"/);
    expect(xml).to.match(/<testsuite name="python:b" tests="1" failures="0" errors="1"/);
  });

  it("has the element of each outcome", () => {
    const elements = (name: string) =>
      /<(failure|error|skipped) message="[^"]*"/.exec(caseNamed(xml, name))?.[0];

    expect(
      [
        "passes",
        "fails",
        "hangs",
        "crashes",
        "mumbles",
        "breaks-us",
        "lacks",
        "waits",
        "worse",
      ].map(elements),
    ).to.deep.equal([
      undefined,
      '<failure message="expected 1, got 2"',
      '<error message="timeout: expected an end"',
      '<error message="crash: expected a life"',
      '<error message="protocol-error: expected a message"',
      '<error message="harness-error: Error: ours"',
      '<skipped message="unsupported: needs signals"',
      '<skipped message="not-run: interrupted"',
      '<error message="crash: oops"',
    ]);
  });

  it("skips what is expected to fail with the reason, and fails what no longer does", () => {
    expect(caseNamed(xml, "known")).to.include(
      '<skipped message="expected to fail: a known gap (https://example.org/1)"',
    );
    expect(caseNamed(xml, "repaired")).to.match(/<failure message="[^"]*the expectation is stale/);
  });

  it("says who was judged, by what, and what may be said of it", () => {
    for (const [name, value] of [
      ["implementation", "Fake 1.0"],
      ["edition", "3.13"],
      ["catalogue", "0123456789abcdef"],
      ["nonce", "fedcba9876543210"],
    ] as const) {
      expect(xml).to.include(`<property name="${name}" value="${value}"/>`);
    }
    expect(xml).to.match(/<property name="statement" value="does not conform to 3.13/);
  });

  it("is red where nothing was verified, though every test was only skipped", () => {
    const idle = junitReport(madeUpReport(madeUpSubject("a", [found("lacks", "unsupported")])));

    expect(idle).to.match(/<testsuite name="a" tests="2" failures="0" errors="1" skipped="1"/);
    expect(idle).to.match(/<error message="expected a test to be decided, got none[^"]*"/);
  });

  it("is red where it was interrupted, though no test that ran failed", () => {
    const cut = madeUpSubject("a", [found("passes", "pass"), found("waits", "not-run")], {
      provenance: madeUpProvenance({ complete: false }),
    });

    expect(junitReport({ ...madeUpReport(cut), complete: false })).to.match(
      /<error message="expected every test to be judged, got an interruption[^"]*"/,
    );
  });

  it("tells the failure as the terminal does", () => {
    expect(caseNamed(xml, "fails"))
      .to.include("hint\n     Do fails.")
      .and.include("repeat just this");
  });

  it("carries hostile texts, visibly", async () => {
    const hostile = "\0 \x1b[31m \ud800 \udc00x \ufffe \uffff ]]> <b a='\"'> & \r\n \x7f 😀";
    const text = junitReport(
      madeUpReport(
        madeUpSubject(hostile, [found("fails", "fail", hostile)], {
          error: { code: hostile, message: hostile, stderr: hostile },
        }),
      ),
    );

    expect(await complaints(text)).to.deep.equal([]);
    expect(text).to.include("␀ ␛[31m \\u{d800} \\u{dc00}x \\u{fffe} \\u{ffff} ]]&gt; &lt;b");
    expect(text).to.include("😀");
  });
});
