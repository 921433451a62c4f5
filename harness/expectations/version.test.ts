import { expect } from "chai";

import { canOverlap, inRange, isVersionRange } from "./version";

describe("a range of versions", () => {
  const cases: Record<string, { in: readonly string[]; out: readonly string[] }> = {
    "3.12": { in: ["3.12", "3.12.0", "3.12.11", "3.12.0rc1"], out: ["3.1", "3.13.0", "3.120.1"] },
    "3.12.0": { in: ["3.12", "3.12.0"], out: ["3.12.1"] },
    ">=3.12.3": { in: ["3.12.3", "3.12.10", "3.13.0a1"], out: ["3.12.2", "3.12.3rc1", "unknown"] },
    "<3.12.3": { in: ["3.12.2", "3.12.3rc1", "3.9.1"], out: ["3.12.3", "3.12.10"] },
    ">3.12, <=3.13": { in: ["3.12.1", "3.13.0"], out: ["3.12.0", "3.13.1"] },
    "3.14.0rc2": { in: ["3.14.0rc2"], out: ["3.14.0rc1", "3.14.0"] },
  };
  for (const [range, { in: inside, out }] of Object.entries(cases)) {
    it(`holds what ${range} holds`, () => {
      const held = [...inside, ...out].filter((version) => inRange(version, range));

      expect(held).to.deep.equal(inside);
    });
  }

  it("is a beginning or bounds", () => {
    const texts = ["3", "3.12", ">=3.12 <4", ">= 3.12", "^3.12", "3.x", "", "unknown"];

    expect(texts.filter(isVersionRange)).to.deep.equal(["3", "3.12", ">=3.12 <4"]);
  });

  const pairs: readonly (readonly [string, string, boolean])[] = [
    ["3.12", "3.12.3", true],
    ["3.12", "3.13", false],
    [">=3.12", "<3.12", false],
    [">=3.12", "<=3.12", true],
    [">3.12", "<=3.12", false],
    [">3.12", "3.12", true],
    ["<3.12", "<3.9", true],
    [">3.9", ">3.12", true],
  ];
  for (const [one, other, overlap] of pairs) {
    it(`${one} and ${other} ${overlap ? "have" : "do not have"} a version in common`, () => {
      expect([canOverlap(one, other), canOverlap(other, one)]).to.deep.equal([overlap, overlap]);
    });
  }
});
