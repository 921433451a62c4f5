import { expect } from "chai";

import { Progress } from "./progress";

const lineOf = (more: { excused?: number; stale?: number }): string | undefined => {
  const lines: string[] = [];
  const progress = new Progress({
    narrate: () => undefined,
    rewrite: (line) => void lines.push(line),
    width: 200,
  });
  progress.update({
    ...{ subjects: 2, done: 1, judged: 9, failed: 1, excused: 0, stale: 0, latest: "a x.y" },
    ...more,
  });
  return lines[0];
};

describe("the progress of a run", () => {
  it("counts failures", () => {
    expect(lineOf({})).to.equal("1 of 2 subjects judged · 9 tests · 1 failed · a x.y");
  });

  it("tells those that were to come from those that were not, and what is stale", () => {
    expect(lineOf({ excused: 3, stale: 1 })).to.equal(
      "1 of 2 subjects judged · 9 tests · 1 failed unexpectedly · 3 as expected · 1 stale · a x.y",
    );
  });
});
