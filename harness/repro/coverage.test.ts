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

      await expectReplays(`python:${python}`, { every: 47, atLeast: version === "3.8" ? 3 : 9 });
    });
  }

  it("do on the reference what the puppets did, event for event", async () => {
    await expectReplays("reference", { every: 141, atLeast: 3 });
  });
});

/** Replays a sample of the suite. */
async function expectReplays(
  subject: string,
  { every, atLeast }: { readonly every: number; readonly atLeast: number },
): Promise<void> {
  const sample = loadSuite().filter((_, index) => index % every === 11);

  const found = await replays(sample, parseSubject(subject, __dirname));

  expect(found).to.have.length.of.at.least(atLeast);
  for (const { title, missing, same, said } of found) {
    expect(missing, title).to.deep.equal([]);
    expect(same, `${title}: ${said}`).to.equal(true);
  }
}
