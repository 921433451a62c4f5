import { expect } from "chai";

import { UsageError } from "../usage-error";
import { judgementOf } from "../judge/testing";
import { merged } from "./merge";
import type { ResultFile } from "./parse";
import { subjectReportOf } from "./report-of";
import { asFile, recorded, smallSelection, temporaryFolder, type MadeUp } from "./testing";

const someFail: MadeUp["judge"] = ({ title }) =>
  title.length % 7 === 0 ? judgementOf("fail", "expected 1, got 2") : judgementOf("pass");

describe("merging", () => {
  const folder = temporaryFolder();
  const share = (index: number, of: number, more: MadeUp = {}): ResultFile =>
    recorded(folder(), {
      ...{ shard: { index, of }, nonce: `${index} of ${of}`, judge: someFail },
      ...more,
    });

  for (const of of [1, 2, 3, 7]) {
    it(`makes of ${of} shares what one run would have found`, () => {
      const whole = subjectReportOf(recorded(folder(), { judge: someFail }));
      const shares = Array.from({ length: of }, (_, index) => share(index + 1, of));

      const one = subjectReportOf(asFile(merged(shares)));
      const other = subjectReportOf(asFile(merged(shares.toReversed())));

      expect(one.statement).to.deep.equal(whole.statement);
      expect(other.statement).to.deep.equal(whole.statement);
      expect([one.provenance.partial, one.provenance.complete]).to.deep.equal([false, true]);
      expect(one.provenance.nonce).to.equal(other.provenance.nonce);
    });
  }

  it("says of a share, and of some of them, only what was judged", () => {
    const [first, second] = [share(1, 3), share(2, 3)];

    for (const file of [first, asFile(merged([first, second]))]) {
      const { statement, provenance } = subjectReportOf(file);
      expect(statement?.sentence).to.match(
        /^of the selected requirements of 3\.13, \d+\/\d+ hold$/,
      );
      expect(provenance.partial).to.equal(true);
    }
  });

  it("can be done in steps", () => {
    const some = asFile(merged([share(1, 3), share(3, 3)]));

    const all = asFile(merged([some, share(2, 3)]));

    expect(subjectReportOf(all).statement?.sentence).to.match(/^does not conform to 3\.13/);
    expect(all.header.parts?.map(({ shard }) => shard?.index)).to.deep.equal([1, 3, 2]);
  });

  it("never splits a requirement", () => {
    const [one, other] = [share(1, 2), share(2, 2)].map(
      ({ header }) => new Set(header.tests.map(({ requirement }) => requirement)),
    );

    expect([...(one ?? [])].filter((id) => other?.has(id))).to.deep.equal([]);
  });

  it("stays incomplete when a share is, or has no end", () => {
    const none = () => undefined;
    const cut = share(2, 3, { judge: none, ends: false });
    const stopped = share(3, 3, { judge: none, stopped: "interrupted" });

    const { footer } = asFile(merged([share(1, 3), cut, stopped]));

    expect([footer?.complete, footer?.stopped]).to.deep.equal([false, "interrupted"]);
  });

  const refused: Record<string, { of: () => readonly ResultFile[]; says: RegExp }> = {
    "another catalogue": {
      of: () => [share(1, 2), share(2, 2, { catalogue: "d" })],
      says: /^expected results of one catalogue, got c in .*shard-1-of-2\.ndjson and d in .*shard-2-of-2\.ndjson; merge only what belongs together$/,
    },
    "another edition": {
      of: () => [share(1, 2), share(2, 2, { edition: "3.12" })],
      says: /^expected results of one edition, got 3\.13 in .* and 3\.12 in /,
    },
    "another subject": {
      of: () => [share(1, 2), share(2, 2, { subject: "reference" })],
      says: /^expected results of one subject, got python:python3 \(Fake 1\.0, TypeScript, here\) in .* and reference \(Fake 1\.0, TypeScript, here\) in /,
    },
    "a test that is in two of them": {
      of: () => [share(1, 2), share(1, 3)],
      says: /^expected each test in one file, got "result\..*" in .*1-of-2\.ndjson and in .*1-of-3\.ndjson; leave one of them out$/,
    },
    "a subject that did not start": {
      of: () => {
        const file = share(2, 2);
        const footer = { ...file.footer, error: { code: "refused", message: "", stderr: "" } };
        const header = { ...file.header, identity: null, tests: [], requirements: [] };
        return [share(1, 2), { ...file, header, footer: footer as ResultFile["footer"] }];
      },
      says: /^expected results of a subject that was judged, got .*: python:python3 did not start \(refused\); judge it again$/,
    },
  };
  for (const [what, { of, says }] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(() => merged(of())).to.throw(UsageError, says);
    });
  }

  it("keeps a selection a selection", () => {
    const selection = smallSelection(4);
    const shares = [1, 2].map((index) => share(index, 2, { selection }));

    const { statement } = subjectReportOf(asFile(merged(shares)));

    expect(statement?.sentence).to.match(/^of the selected requirements of 3\.13, \d\/4 hold$/);
  });
});
