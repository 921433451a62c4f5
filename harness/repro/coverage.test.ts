import { expect } from "chai";

import { locate } from "../adapters/python/testing";
import { parseSubject } from "../cli/subjects/parse";
import { loadSuite } from "../judge/load-suite";
import { replays } from "./coverage";

describe("scripts of passing tests", function () {
  this.timeout(120_000);

  for (const version of ["3.8", "3.11", "3.13"]) {
    it(`do on Python ${version} what the puppets did, event for event`, async function () {
      const python = locate(version);
      if (python === undefined) this.skip();
      const sample = loadSuite().filter((_, index) => index % 47 === 11);

      const found = await replays(sample, parseSubject(`python:${python}`, __dirname));

      expect(found).to.have.length.above(version === "3.8" ? 2 : 8);
      for (const { title, missing, same, said } of found) {
        expect(missing, title).to.deep.equal([]);
        expect(same, `${title}: ${said}`).to.equal(true);
      }
    });
  }
});
