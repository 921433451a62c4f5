import { expect } from "chai";

import { inStartingOrder, nextRun } from "./next-run";
import { SubjectRun } from "./subject-run";
import { judgementOf, requirementNamed, silentAdapter, testOf } from "./testing";

const tests = Array.from({ length: 20 }, (_, index) => testOf(requirementNamed(`n${index}`)));
const selection = { requirements: tests.map((test) => test.requirement), tests, partial: false };
const choice = { mayHelp: true, testMs: 10_000 };

const freshRun = (name: string, mayHang = false) =>
  new SubjectRun({ name, mayHang, start: () => Promise.resolve(silentAdapter()) }, selection);

/** One lane has judged so many tests, each of which took so long. */
function runUnderWay(name: string, judged: number, eachMs = 1): SubjectRun {
  const run = freshRun(name);
  run.startedAt = 0;
  run.lanes = 1;
  for (const test of tests.slice(0, judged)) {
    run.claim(test);
    run.keep(test, { ...judgementOf("pass"), durationMs: eachMs });
  }
  return run;
}

const chosen = (runs: readonly SubjectRun[], more: Partial<typeof choice> = {}) =>
  nextRun(runs, { ...choice, ...more })?.candidate.name;

describe("the next lane", () => {
  it("goes to a subject nobody works on, first to one that may hang", () => {
    expect(chosen([runUnderWay("busy", 2), freshRun("a"), freshRun("b")])).to.equal("a");
    expect(chosen([freshRun("a"), freshRun("b", true)])).to.equal("b");
    expect(inStartingOrder([{}, { mayHang: true }])).to.deep.equal([{ mayHang: true }, {}]);
  });

  it("helps the subject that would last longest, before one that is short begins", () => {
    const slow = runUnderWay("slow", 5, 2_000);

    expect(chosen([freshRun("a"), runUnderWay("quick", 5), slow])).to.equal("slow");
  });

  it("takes a session that sleeps for one that hangs", () => {
    const hanging = runUnderWay("hanging", 5);
    hanging.asleep = 1;

    expect(chosen([freshRun("a"), hanging])).to.equal("hanging");
  });

  it("helps nobody who is almost done, nor where there are lanes enough", () => {
    expect(chosen([runUnderWay("quick", 14)])).to.equal(undefined);
    expect(chosen([runUnderWay("slow", 5, 2_000)], { mayHelp: false })).to.equal(undefined);
  });
});
