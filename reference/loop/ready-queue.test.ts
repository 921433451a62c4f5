import { expect } from "chai";
import { ReadyQueue } from "./ready-queue";

describe("ReadyQueue", () => {
  it("gives items in the order they came, also while it grows around its end", () => {
    const queue = new ReadyQueue<number>();
    const given: number[] = [];
    let next = 0;
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 50; i++) queue.push(next++);
      for (let i = 0; i < 20; i++) given.push(queue.shift() ?? NaN);
    }
    while (queue.length > 0) given.push(queue.shift() ?? NaN);

    expect(given).to.deep.equal(Array.from({ length: 250 }, (_, i) => i));
    expect(queue.shift()).to.equal(undefined);
  });
});
