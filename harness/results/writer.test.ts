import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { judgementOf } from "../judge/testing";
import { parseResult } from "./parse";
import { madeUpRun, provenanceFor, reportOf, smallSelection, temporaryFolder } from "./testing";
import { ResultWriter } from "./writer";

const selection = smallSelection();
const facts = { provenance: provenanceFor({ selection }), narrowed: true };

describe("the writer of result files", () => {
  const folder = temporaryFolder();
  const notes: string[] = [];
  beforeEach(() => void notes.splice(0));
  const writer = (where = folder()) =>
    new ResultWriter(where, facts, (note) => void notes.push(note));
  const written = (name = "python-python3.ndjson") => readFileSync(join(folder(), name), "utf8");

  it("has on disk what is judged, at any moment", () => {
    const [run, results] = [madeUpRun({ selection }), writer()];
    const seen = () => written().trimEnd().split("\n").length;

    results.begin(run);
    const lines = [seen()];
    for (const [test, judgement] of run.judgements) {
      results.add(run, test, judgement);
      lines.push(seen());
    }
    results.end(run, undefined, reportOf(run));
    lines.push(seen());

    expect(lines).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect([results.complete, notes]).to.deep.equal([true, []]);
  });

  it("replaces what an earlier run left", () => {
    for (const times of [1, 2]) {
      const [run, results] = [madeUpRun({ selection }), writer()];
      results.begin(run);
      if (times === 2) results.end(run, "interrupted", reportOf(run));
    }

    expect(written().trimEnd().split("\n")).to.have.length(2);
  });

  it("says why a subject has no results", () => {
    const run = madeUpRun({ selection });
    [run.plan, run.hello] = [undefined, undefined];
    const error = { code: "refused", message: "it had a reason", stderr: "Oops" };

    writer().end(run, "subject-unusable", reportOf(run, { error }));

    const { header, footer } = parseResult("it", written());
    expect([header.identity, header.edition, header.tests]).to.deep.equal([null, null, []]);
    expect([footer?.error, footer?.complete]).to.deep.equal([error, false]);
  });

  it("ends a file once", () => {
    const [run, results] = [madeUpRun({ selection }), writer()];
    results.begin(run);

    results.end(run, "interrupted", reportOf(run));
    results.end(run, undefined, reportOf(run));

    expect(parseResult("it", written()).footer?.stopped).to.equal("interrupted");
  });

  it("says once that a folder has gone, and goes on", () => {
    const where = join(folder(), "gone");
    mkdirSync(where);
    const [one, other, results] = [
      madeUpRun({ selection }),
      madeUpRun({ selection, subject: "reference" }),
      writer(where),
    ];
    rmSync(where, { recursive: true });

    for (const run of [one, other]) {
      results.begin(run);
      for (const [test, judgement] of run.judgements) results.add(run, test, judgement);
      results.end(run, undefined, reportOf(run));
    }

    expect(notes).to.have.length(1);
    expect(notes[0]).to.match(
      /^expected to write results to .*python-python3\.ndjson, got ENOENT.*; judging goes on, what was written stays, and the exit code will be 2$/,
    );
    expect(results.complete).to.equal(false);
  });

  it("keeps the other files when the disk is full for one", function () {
    if (process.platform !== "linux") this.skip();
    symlinkSync("/dev/full", join(folder(), "python-python3.ndjson"));
    const [full, fine, results] = [
      madeUpRun({ selection }),
      madeUpRun({ selection, subject: "reference" }),
      writer(),
    ];

    for (const run of [full, fine]) {
      results.begin(run);
      results.add(run, ...only(run.judgements));
      results.end(run, "interrupted", reportOf(run));
    }

    expect(notes).to.have.length(1);
    expect(notes[0]).to.match(/ENOSPC: no space left on device/);
    expect(parseResult("it", written("reference.ndjson")).tests).to.have.length(1);
    expect(readdirSync(folder())).to.have.length(2);
  });

  it("tells a conversation only where it is evidence", () => {
    const [run, results] = [madeUpRun({ selection }), writer()];
    const transcript = [{ at: 1, from: "harness", message: { type: "close" } }] as const;
    const outcomes = ["pass", "fail", "unsupported", "harness-error"] as const;

    results.begin(run);
    selection.tests.forEach((test, index) => {
      results.add(run, test, { ...judgementOf(outcomes[index] ?? "pass"), transcript });
    });

    const told = parseResult("it", written()).tests.map((it) => it.transcript?.length ?? 0);
    expect(told).to.deep.equal([0, 1, 0, 1]);
  });
});

function only<Key, Value>(map: ReadonlyMap<Key, Value>): [Key, Value] {
  const [entry] = map;
  if (entry === undefined) throw new Error("expected an entry, got none");
  return entry;
}
