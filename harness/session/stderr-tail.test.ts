import { expect } from "chai";

import { longestTail, StderrTail } from "./stderr-tail";

describe("the tail of stderr", () => {
  it("is everything while that is little, or what came after a mark", () => {
    const tail = new StderrTail();
    tail.push(Buffer.from("before "));
    const mark = tail.total;
    tail.push(Buffer.from("after"));

    expect([tail.toString(), tail.since(mark), tail.since(tail.total)]).to.deep.equal([
      "before after",
      "after",
      "",
    ]);
  });

  it("keeps the end of a flood", () => {
    const tail = new StderrTail();
    for (let i = 0; i < 10_000; i++) tail.push(Buffer.from(`line ${i} ${"x".repeat(90)}\n`));

    expect(tail.toString().length).to.equal(longestTail);
    expect(tail.since(0)).to.match(/line 9999 x+\n$/);
  });

  it("starts with a whole character", () => {
    const tail = new StderrTail();
    tail.push(Buffer.from("€".repeat(longestTail / 3 + 10)));

    expect(tail.toString()).to.match(/^€+$/);
  });
});
