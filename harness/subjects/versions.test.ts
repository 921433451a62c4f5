import { expect } from "chai";

import { isWithin } from "./versions";

describe("a range of versions", () => {
  const cases: readonly (readonly [version: string, range: string, within: boolean])[] = [
    ["3.13.0", "3.13", true],
    ["3.1.3", "3.13", false],
    ["3.13.0", "3.1", false],
    ["3.9.18", ">=3.10", false],
    ["3.10.13", ">=3.10", true],
    ["3.10.13", ">=3.8 <3.11", true],
    ["3.11.7", ">=3.8 <3.11", false],
    ["3.13.1", "<=3.13", true],
    ["3.13.1", ">3.13", false],
  ];
  for (const [version, range, within] of cases) {
    it(`${range} ${within ? "has" : "does not have"} ${version}`, () => {
      expect(isWithin(version, range)).to.equal(within);
    });
  }
});
