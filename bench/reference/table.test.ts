import { expect } from "chai";

import { misses, table, type Measured } from "./table";

const measured: Measured = new Map([
  ["reference", [50, 70, 60]],
  ["CPython", [1000, 1200, 1100]],
  ["uvloop", []],
  ["async/await", [20, 20, 20]],
]);

describe("the table of the benchmark", () => {
  it("shows median, minimum and ratio to CPython", () => {
    const text = table(
      ["reference", "CPython", "uvloop"],
      new Map([["task-switch", measured]]),
      () => ({
        what: "task switch",
        unit: "ns",
      }),
    );

    expect(text.split("\n").at(-1)).to.equal(
      "| task switch, ns | 60.0 (50.0) · **0.055** | 1,100 (1,000) · **1.0** | – |",
    );
  });

  it("misses no bar while the reference is ahead and within five times async/await", () => {
    expect(misses(new Map([["task-switch", measured]]))).to.deep.equal([]);
  });

  it("says which bar is missed, and by how much", () => {
    const slow = new Map([...measured, ["reference", [1650]]]) as Measured;

    expect(misses(new Map([["spawn-join", slow]]))).to.deep.equal([
      "spawn-join: 1.50 × CPython, bar 1",
      "spawn-join: 82.50 × async/await, bar 5",
    ]);
  });
});
