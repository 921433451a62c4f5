import { expect } from "chai";

import { editions } from "../../spec/editions";
import { subjectReport } from "../cli/outcome";
import type { Expected, Statement } from "../judge/statement";
import { judgementOf } from "../judge/testing";
import type { Outcome } from "../judge/verdict";
import type { SubjectReport } from "../report/model";
import type { TranscriptEntry } from "../session/session";
import { parseResult } from "./parse";
import { reportOfResults, subjectReportOf } from "./report-of";
import {
  madeUpRun,
  provenanceFor,
  recorded,
  reportOf,
  temporaryFolder,
  type MadeUp,
} from "./testing";

const transcript: readonly TranscriptEntry[] = [
  { at: 0.5, from: "harness", message: { type: "open", session: "s" } },
  { at: 1, from: "adapter", message: { type: "returned", value: { ref: 1, kind: "runner" } } },
  { at: 2, from: "signal", message: { signal: "SIGINT" } },
];

/** A different outcome for every few tests, always the same. */
const mixed: MadeUp["judge"] = ({ title }) => {
  const outcomes = ["pass", "pass", "pass", "fail", "timeout", "unsupported"] as const;
  const outcome = outcomes[title.length % outcomes.length] ?? "pass";
  if (outcome === "pass" || outcome === "unsupported") return judgementOf(outcome);
  const verdict = { outcome, message: "expected 1, got 2", expected: "1", actual: "2" };
  return { verdict, durationMs: 1.25, checks: 3, transcript };
};

describe("a result that is read back", () => {
  const folder = temporaryFolder();

  for (const edition of editions) {
    it(`says of ${edition} what the run said`, () => {
      const madeUp = { edition, judge: mixed };
      const run = madeUpRun(madeUp);

      const read = subjectReportOf(recorded(folder(), madeUp));

      const live = subjectReport(run, provenanceFor(madeUp), undefined);
      const untold = JSON.parse(JSON.stringify(live.statement)) as unknown;
      expect(JSON.parse(JSON.stringify(read.statement))).to.deep.equal(leanTests(untold));
      expect({ ...read, statement: 0 }).to.deep.equal({ ...live, statement: 0 });
    });
  }

  const cuts = {
    interrupted: "interrupted",
    "first-failure": "stopped after the first failure",
    "subject-unusable": "the subject became unusable",
  } as const;
  for (const [stopped, words] of Object.entries(cuts)) {
    it(`tells why tests were not run: ${words}`, () => {
      const judge: MadeUp["judge"] = ({ title }) =>
        title.startsWith("result.") ? judgementOf("pass") : undefined;

      const file = recorded(folder(), { judge, stopped: stopped as keyof typeof cuts });

      const notRun = subjectReportOf(file).statement?.requirements.at(-1);
      expect(notRun?.outcome).to.equal("not-run");
      expect(notRun?.results[0]?.verdict.message).to.equal(words);
      expect(subjectReportOf(file).provenance.complete).to.equal(false);
      expect(reportOfResults([file]).complete).to.equal(stopped !== "interrupted");
    });
  }

  it("shows what was not run when it has no end", () => {
    const judge: MadeUp["judge"] = ({ title }) =>
      title.startsWith("result.") ? judgementOf("pass") : undefined;

    const file = recorded(folder(), { judge, ends: false });

    const { statement, provenance } = subjectReportOf(file);
    expect(statement?.sentence).to.match(/^not fully judged by 3\.13/);
    expect(statement?.requirements.at(-1)?.results[0]?.verdict.message).to.match(/has no end/);
    expect([provenance.complete, reportOfResults([file]).complete]).to.deep.equal([false, false]);
  });

  it("was held against the same expectations", () => {
    const madeUp: MadeUp = { judge: mixed, assessed: excused };

    const read = subjectReportOf(recorded(folder(), madeUp));

    const live = reportOf(madeUpRun(madeUp), madeUp);
    expect(read.stale).to.deep.equal(live.stale);
    expect(expectedIn(read)).to.deep.equal(expectedIn(live));
    expect(new Set(expectedIn(live).map((it) => it?.state))).to.have.length(3);
  });

  it("knows of no expectations when none were given", () => {
    const read = subjectReportOf(recorded(folder(), { judge: mixed }));

    expect([read.stale, ...new Set(expectedIn(read))]).to.deep.equal([undefined, undefined]);
  });

  it("has requirements this version does not know, and says so", () => {
    const { header, tests, footer } = recorded(folder());
    const text = [header, ...tests, footer].map((it) => `${JSON.stringify(it)}\n`).join("");
    const known = tests[0]?.requirement ?? "";

    const read = subjectReportOf(parseResult("it", text.replaceAll(known, "future.does-it")));

    const stub = read.statement?.requirements[0]?.requirement;
    expect(stub?.id).to.equal("future.does-it");
    expect(stub?.text).to.match(/this version of runner-conformance does not know/);
    expect(read.statement?.sentence).to.match(/^conformant to 3\.13/);
  });

  it("weighs a requirement as it did when it was judged", () => {
    const file = recorded(folder());
    const requirements = file.header.requirements.map(({ id }) => ({
      ...{ id, basis: "observed" as const },
    }));

    const { statement } = subjectReportOf({ ...file, header: { ...file.header, requirements } });

    expect(statement?.conformant.of).to.equal(0);
    expect(statement?.compatible.of).to.equal(requirements.length);
  });
});

/** The report as a file of expectations leaves it: timeouts are excused, one listed test passes, the rest is not listed. */
const excused = ({ statement }: SubjectReport): Partial<SubjectReport> => ({
  ...(statement === undefined ? {} : { statement: marked(statement) }),
  stale: [
    { where: "known.yaml:3", about: "x", expected: ["fail"], found: ["pass"], reason: "was so" },
  ],
});

const marked = (statement: Statement): Statement => ({
  ...statement,
  requirements: statement.requirements.map((requirement, index) => ({
    ...requirement,
    results: requirement.results.map((it) => ({
      ...it,
      expected: expectedOf(it.verdict.outcome, index),
    })),
  })),
});

function expectedOf(outcome: Outcome, index: number): Expected {
  if (outcome === "timeout") return { state: "as-expected", reason: "slow", issue: "issue 1" };
  if (outcome === "fail") return { state: "unexpected" };
  return index === 0 ? { state: "stale", reason: "was so" } : { state: "as-expected" };
}

const expectedIn = ({ statement }: SubjectReport): readonly (Expected | undefined)[] =>
  (statement?.requirements ?? []).flatMap(({ results }) => results).map((it) => it.expected);

/** A statement as JSON, its tests without what only running them needs. */
function leanTests(statement: unknown): unknown {
  return JSON.parse(JSON.stringify(statement), function (this: unknown, key, value: unknown) {
    if (key !== "transcript") return value;
    const { verdict } = this as { verdict: { outcome: string } };
    return ["pass", "unsupported"].includes(verdict.outcome) ? [] : value;
  });
}
