import { expect } from "./assertions";
import { anyOrder, newTrace, tells } from "./trace";

describe("a trace", () => {
  it("tells a story with exactly its events", () => {
    const trace = newTrace();
    trace("a");
    trace("b");

    expect(trace).to.tell(["a", "b"]);
  });

  const others = {
    "an event is missing": ["a"],
    "there is one more": ["a", "b", "c"],
    "the order is another": ["b", "a"],
  };
  for (const [how, events] of Object.entries(others)) {
    it(`does not tell it when ${how}`, () => {
      expect(tells(events, ["a", "b"])).to.equal(false);
    });
  }

  it("allows any order only where the story says so", () => {
    const story = ["start", anyOrder("a", "b"), "end"];

    expect(tells(["start", "b", "a", "end"], story)).to.equal(true);
    expect(tells(["b", "start", "a", "end"], story)).to.equal(false);
  });

  it("refuses an empty story, which would pass on nothing", () => {
    expect(() => tells([], [])).to.throw("expected a story with at least one event, got none");
  });

  it("shows both sides when it fails", () => {
    const trace = newTrace();
    trace("a");

    expect(() => {
      expect(trace).to.tell(["b"]);
    }).to.throw('expected the trace ["b"], got ["a"]');
  });
});
