import { expect } from "chai";
import { EventLoop } from "./event-loop";
import { TimerHandle } from "./handle";
import { TimerHeap } from "./timer-heap";

describe("TimerHeap", () => {
  it("gives timers by time, then by age, and drops cancelled ones", () => {
    const heap = new TimerHeap();
    const loop = new EventLoop();
    loop.noteCancelledTimer = () => {
      heap.noteCancelled();
    };
    const timers = Array.from({ length: 500 }, (_, order) => {
      const timer = new TimerHandle((order * 7919) % 50, order, loop, () => undefined, null);
      heap.push(timer);
      return timer;
    });
    for (const timer of timers) if (timer.order % 4 !== 0) timer.cancel();
    expect(heap.size).to.be.lessThan(300);

    const given: (TimerHandle | undefined)[] = [];
    while (heap.nextDue() < Infinity) given.push(heap.pop());

    const expected = timers
      .filter((timer) => timer.order % 4 === 0)
      .sort((a, b) => a.when() - b.when() || a.order - b.order);
    expect(given.map((timer) => timer?.order)).to.deep.equal(expected.map(({ order }) => order));
  });
});
