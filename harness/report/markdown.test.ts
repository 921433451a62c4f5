import { expect } from "chai";

import { judgementOf, requirementNamed, testOf } from "../judge/testing";
import { markdownReport } from "./markdown";
import { madeUpReport, madeUpSubject, type Found } from "./testing";

const failing = (name: string, message = "expected 1, got 2"): Found => ({
  test: testOf(requirementNamed(name)),
  ...judgementOf("fail", message),
});

describe("the report as Markdown", () => {
  it("is a table and a sentence when all is well", () => {
    const good = madeUpSubject("reference", [
      { test: testOf(requirementNamed("good")), ...judgementOf("pass") },
    ]);

    expect(markdownReport(madeUpReport(good)).split("\n")).to.deep.equal([
      "## asyncio Runners conformance",
      "",
      "| subject | implementation | edition | conformant | CPython-compatible | time |",
      "| --- | --- | --- | --: | --: | --: |",
      "| reference | Fake 1.0 on TypeScript | 3.13 | ✅ 1/1 | ✅ 1/1 | 1.2 s |",
      "",
      "**reference**: conformant to 3.13 (1/1), CPython-compatible (1/1)",
      "",
    ]);
  });

  it("folds each failure away", () => {
    const text = markdownReport(madeUpReport(madeUpSubject("reference", [failing("bad")])));

    expect(text).to.include(
      "### 1 failure\n\n<details>\n<summary><b>made-up.bad</b> fail on reference",
    );
    expect(text).to.match(
      /\n```text\n {3}The runner does bad\.[^]*repeat just this[^]*\n```\n\n<\/details>/,
    );
  });

  it("lists what was expected and what is stale apart from failures", () => {
    const text = markdownReport(
      madeUpReport(
        madeUpSubject(
          "a",
          [
            { ...failing("known"), expected: { state: "as-expected", reason: "a gap" } },
            {
              ...{ test: testOf(requirementNamed("repaired")), ...judgementOf("pass") },
              expected: { state: "stale", reason: "a gap" },
            },
          ],
          { stale: [] },
        ),
      ),
    );

    expect(text).to.not.include("<details>");
    expect(text).to.match(/conformance\n\nnone failed unexpectedly, 1 failed as expected\n\n\|/);
    expect(text).to.match(/### Stale expectations\n\n- made-up.repaired.*no longer as listed/);
    expect(text).to.match(/### Expected failures\n\n- made-up.known.*a gap/);
  });

  it("lets no text be markup", () => {
    const hostile = "a|b `c` <img src=x onerror=alert(1)> [x](javascript:y) *z* @you\n# no\0";
    const error = { code: "refused", message: "````\n</details>\n# no", stderr: "" };
    const text = markdownReport(
      madeUpReport(madeUpSubject(hostile, [failing("x", "``` ```` no")], { error })),
    );

    const outside = text.replace(/^(`{3,})text\n[^]*?^\1$/gm, "");
    expect(outside).to.not.match(/<img|\[x\]|`|^# no|\*z|@you|a\|b/m);
    expect(outside.match(/\|/g)).to.have.length(3 * 7);
    expect(text).to.include("`````text\n````\n</details>\n# no\n`````");
  });

  it("stays within what GitHub accepts, and says what it leaves out", () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      failing(
        `x${String.fromCodePoint(0x61 + index)}`,
        "very ".repeat(500) + String.fromCodePoint(0x61 + index),
      ),
    );

    const text = markdownReport(madeUpReport(madeUpSubject("a", many)));

    expect(Buffer.byteLength(text)).to.be.lessThan(1 << 20);
    expect(text).to.match(/\d+ failures did not fit in here/);
  });

  it("says that it is incomplete", () => {
    expect(markdownReport({ ...madeUpReport(), complete: false })).to.match(/incomplete\.\*\*\n$/);
  });
});
