import { expect } from "chai";

import { forks } from "./parting";

const letters = (text: string): readonly string[] => Array.from(text);

describe("where transcripts part", () => {
  it("compares each with the one it shares most with", () => {
    expect(forks([letters("abcd"), letters("abx"), letters("abcy"), letters("q")])).to.deep.equal([
      { at: 3, other: 2 },
      { at: 2, other: 2 },
      { at: 3, other: 0 },
      { at: 0, other: 1 },
    ]);
  });

  it("parts where one of them ends", () => {
    expect(forks([letters("ab"), letters("abc")])).to.deep.equal([
      { at: 2, other: 1 },
      { at: 2, other: 0 },
    ]);
  });

  it("has nothing to say about equal ones", () => {
    expect(forks([["a"], ["a"]])).to.deep.equal([undefined, undefined]);
    expect(forks([])).to.deep.equal([]);
  });
});
