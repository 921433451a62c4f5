import { expect } from "chai";

import { shardOf } from "./plan";
import { requirementNamed, testOf } from "./testing";

describe("a share of a selection", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => requirementNamed(name));
  const apart = requirementNamed("apart", { untestable: "nobody can" });
  if (a === undefined || b === undefined || c === undefined) throw new Error("three");
  const selection = {
    requirements: [apart, a, b, c],
    tests: [testOf(a), testOf(b), testOf(b, "does it twice"), testOf(c)],
    partial: false,
  };
  const share = (index: number, of: number) => {
    const { requirements, tests, partial } = shardOf(selection, { index, of });
    const ids = requirements.map(({ id }) => id.slice("made-up.".length));
    return [ids, tests.length, partial];
  };

  it("is dealt by requirement, with what has no tests in the first", () => {
    expect([share(1, 2), share(2, 2)]).to.deep.equal([
      [["apart", "a", "c"], 2, true],
      [["b"], 2, true],
    ]);
  });

  it("is everything when it is the only one", () => {
    expect(share(1, 1)).to.deep.equal([["apart", "a", "b", "c"], 4, false]);
  });
});
