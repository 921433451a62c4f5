import { expect } from "chai";

import { loadSuite } from "../../harness/judge/load-suite";
import { requirements } from "../../spec/catalogue";
import { controlFault } from "./control-fault";
import { everyFault } from "./every-fault";
import { editionOf } from "./fault";
import { proveAll } from "./prove-all";
import { applies } from "../../spec/requirement";

describe("the faults", () => {
  it("have a name each", () => {
    const names = [controlFault, ...everyFault].map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).to.deep.equal([]);
  });

  it("break every requirement that has a test", () => {
    const broken = new Set(everyFault.map(({ breaks }) => breaks));
    const unbroken = requirements
      .filter(({ untestable, retired }) => untestable === undefined && retired === undefined)
      .filter((requirement) => !broken.has(requirement))
      .map(({ id }) => id);

    expect(unbroken).to.deep.equal([]);
  });

  it("are judged by an edition that asks for what they break", () => {
    const misjudged = everyFault
      .filter((fault) => !applies(fault.breaks, editionOf(fault)))
      .map(({ name }) => name);

    expect(misjudged).to.deep.equal([]);
  });

  it("stand in the order of the catalogue", () => {
    const families = everyFault.map(({ breaks }) => breaks.family);
    const inOrder = requirements.map(({ family }) => family);

    expect([...new Set(families)]).to.deep.equal([...new Set(inOrder)]);
  });

  it("are known by more than that something failed", () => {
    const vague = everyFault.filter(({ says }) => says.test("") || says.test("expected"));

    expect(vague.map(({ name }) => name)).to.deep.equal([]);
  });

  it("are found out, as a sample shows", async () => {
    const sample = ["run-returns-nothing", "forgets-leftovers", "refuses-a-second-close"];
    const faults = [controlFault, ...everyFault.filter(({ name }) => sample.includes(name))];

    const findings = await proveAll(faults, loadSuite(), {
      jobs: 2,
      scope: "requirement",
      onFound: () => undefined,
    });

    expect(findings.map(({ fault, complaints }) => [fault.name, complaints])).to.deep.equal(
      faults.map(({ name }) => [name, []]),
    );
  }).timeout(60_000);
});
