import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { expect } from "chai";

import { familyNames, requirementOf, requirements } from "./catalogue";
import { editions } from "./editions";
import { editionsOf, features } from "./requirement";
import { idsFile, pinnedIds } from "./write-ids";

describe("the catalogue", () => {
  it("holds every family there is a file for", () => {
    const files = readdirSync(join(__dirname, "families"))
      .filter((file) => !file.endsWith(".test.ts"))
      .map((file) => basename(file, ".ts"));

    expect([...familyNames].sort()).to.deep.equal(files.sort());
  });

  it("has the ids it had: write a new one with `npm run ids`, retire an old one", () => {
    expect(pinnedIds().split("\n")).to.deep.equal(readFileSync(idsFile, "utf8").split("\n"));
  });

  it("has every id once", () => {
    const ids = requirements.map(({ id }) => id);

    expect(ids).to.deep.equal([...new Set(ids)]);
  });

  for (const requirement of requirements) {
    it(`says what ${requirement.id} is`, () => {
      expect(requirement.id).to.match(/^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/);
      expect(requirement.text).to.match(/^[A-Z_a-z].*\.$/s);
      expect(requirement.hint).to.match(/\.$/);
      expect(requirement.source).not.to.deep.equal([]);
      expect(requirement.inventory).not.to.deep.equal([]);
      expect(editionsOf(requirement)).not.to.deep.equal([]);
      expect(Object.keys(features)).to.include.members([...(requirement.needs ?? [])]);
    });
  }

  it("finds a requirement by its id", () => {
    const [first] = requirements;

    expect(first === undefined ? undefined : requirementOf(first.id)).to.equal(first);
    expect(requirementOf("result.no-such-thing")).to.equal(undefined);
  });

  it("is what the page of known bugs speaks of", () => {
    const page = readFileSync(join(__dirname, "../docs/known-bugs.md"), "utf8");
    const named = page.match(idInTable) ?? [];

    expect(named).to.have.length.above(40);
    for (const id of named) expect(requirementOf(id.slice(1, -1)), id).not.to.equal(undefined);
  });

  it("asks for something in every edition", () => {
    for (const edition of editions) {
      expect(requirements.filter((it) => editionsOf(it).includes(edition)).length).to.be.above(0);
    }
  });
});

/** Marked as code, or in italics where it cannot be tested. */
const idInTable = /(?<=\| .*)([`_])[a-z-]+\.[a-z0-9.-]+\1/g;
