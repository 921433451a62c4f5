import { expect } from "chai";

import { reportFormats } from "./formats";
import { eventfulReport } from "./html/testing";
import { madeUpReport } from "./testing";

describe("the forms of a report", () => {
  for (const { option, describes, render } of reportFormats) {
    it(`can be asked for with --${option}: ${describes}`, () => {
      expect(option).to.match(/^[a-z]+$/);
      expect(render(eventfulReport(), 0)).to.match(/\n$/);
    });

    it(`have something to say about nothing, as ${option}`, () => {
      expect(render(madeUpReport(), 0)).to.be.a("string");
    });
  }
});
