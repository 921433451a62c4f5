import { expect } from "chai";
import { PersistentMap } from "./persistent-map";

describe("PersistentMap", () => {
  it("finds what was put in, at every depth of the trie", () => {
    const keys = [0, 1, 31, 32, 1023, 1024, 40_000, 2 ** 30];
    let map = PersistentMap.empty<string>();
    for (const key of keys) map = map.with(key, `value ${key}`);

    expect(keys.map((key) => map.get(key))).to.deep.equal(keys.map((key) => `value ${key}`));
    expect(map.size).to.equal(keys.length);
    expect(map.values()).to.deep.equal(keys.map((key) => `value ${key}`));
  });

  it("leaves the original as it is", () => {
    const before = PersistentMap.empty<number>().with(5, 1);
    const after = before.with(5, 2).with(6, 3).without(5);

    expect([before.get(5), before.get(6), before.size]).to.deep.equal([1, undefined, 1]);
    expect([after.get(5), after.get(6), after.size]).to.deep.equal([undefined, 3, 1]);
  });

  it("knows nothing of keys beyond its depth", () => {
    expect(PersistentMap.empty<number>().with(1, 1).get(33)).to.equal(undefined);
  });
});
