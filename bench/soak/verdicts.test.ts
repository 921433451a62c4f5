import { expect } from "chai";

import { changesOf, verdictsOf } from "./verdicts";

const repetition = (outcome: string, message?: string) =>
  verdictsOf(
    JSON.stringify({
      subjects: [
        {
          subject: "reference",
          requirements: [
            { tests: [{ title: "result.x: a", outcome, ...(message ? { message } : {}) }] },
            { tests: [{ title: "result.y: b", outcome: "pass" }] },
          ],
        },
      ],
    }),
  );

describe("verdicts of a soak", () => {
  it("have not changed when every repetition says the same", () => {
    expect(changesOf([repetition("fail", "one"), repetition("fail", "two")])).to.deep.equal([]);
  });

  it("name what changed, how often, and what the odd one said", () => {
    const repetitions = [repetition("pass"), repetition("timeout", "no end"), repetition("pass")];

    expect(changesOf(repetitions)).to.deep.equal([
      "reference: result.x: a\n  pass 2 times, timeout 1 times\n  in repetition 2: no end",
    ]);
  });

  it("count a test that is not there", () => {
    expect(changesOf([repetition("pass"), new Map()])).to.have.length(2);
  });
});
