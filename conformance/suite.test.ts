import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { loadSuite } from "../harness/judge/load-suite";
import { concerns, type ConformanceTest } from "../harness/judge/suite";
import { familyNames, requirementOf, requirements } from "../spec/catalogue";
import { editionsOf } from "../spec/requirement";

describe("the suite", () => {
  let suite: readonly ConformanceTest[];
  before(() => {
    suite = loadSuite();
  });

  it("decides only what the catalogue asks for", () => {
    const strays = suite
      .filter(({ requirement }) => requirementOf(requirement.id) !== requirement)
      .map(({ title }) => title);

    expect(strays).to.deep.equal([]);
  });

  it("decides every requirement, in every edition that asks for it", () => {
    const undecided = requirements
      .filter(({ untestable, retired }) => untestable === undefined && retired === undefined)
      .flatMap((requirement) =>
        editionsOf(requirement)
          .filter(
            (edition) =>
              !suite.some((test) => test.requirement === requirement && concerns(test, edition)),
          )
          .map((edition) => `${requirement.id} in ${edition}`),
      );

    expect(undecided).to.deep.equal([]);
  });

  it("leaves alone what cannot be tested or is no longer asked for", () => {
    const wasted = suite
      .filter(({ requirement: { untestable, retired } }) => untestable ?? retired)
      .map(({ title }) => title);

    expect(wasted).to.deep.equal([]);
  });

  it("says in each title what the subject does, in the third person present", () => {
    const unreadable = suite
      .map(({ title, requirement }) => title.slice(requirement.id.length + 2))
      .filter((sentence) => /\bshould\b|^tests?\b|^it\b|\.$|^\d/i.test(sentence));

    expect(unreadable).to.deep.equal([]);
  });

  it("is cited by the reference with ids that exist", () => {
    const cited = new Set(comments(join(__dirname, "../reference")).flatMap(idsIn));

    expect([...cited].filter((id) => requirementOf(id) === undefined)).to.deep.equal([]);
    expect(cited.size).to.be.greaterThan(60);
  });
});

/** What the comments of the sources in a folder say. */
function comments(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .flatMap((source) => source.match(/\/\/.*|\/\*[^]*?\*\//g) ?? []);
}

const idsIn = (comment: string): string[] =>
  comment.match(
    new RegExp(`\\b(${familyNames.join("|")})\\.(?!(?:cc|ts)\\b)[a-z][a-z0-9.-]*[a-z0-9]`, "g"),
  ) ?? [];
