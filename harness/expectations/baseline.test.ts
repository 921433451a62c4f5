import { expect } from "chai";

import { initialFile, updatedFile } from "./baseline";
import { assess } from "./judge";
import { readingOf, reportOf, suite, titles, type Found } from "./testing";

type Subject = readonly [Found, Parameters<typeof reportOf>[1]?];

const fine: Found = { once: "pass", twice: "pass", loop: "pass" };

const started = (...subjects: readonly Subject[]) =>
  initialFile(subjects.map(([found, options]) => reportOf(found, options)));

function updated(text: string, ...subjects: readonly Subject[]) {
  const { file } = readingOf(text);
  const reports = subjects.map(([found, options]) => reportOf(found, options));
  return updatedFile(
    file,
    reports.map((report) => assess(report, file, suite)),
  );
}

describe("a first file of expectations", () => {
  it("lists failures with what was seen, and leaves the reasons to people", () => {
    const { text, added } = started([
      { ...fine, twice: ["fail", "expected 1, got 2\nand more"], loop: ["crash", "it died"] },
    ]);

    expect(text).to.equal(
      `# What is known not to hold, and why that is accepted; see "Gate your CI".
# Each reason that begins with TODO is refused until somebody writes a better one.

version: 1
subject: Fake
expectations:
  # expected 1, got 2
  - test: "${titles.twice}"
    outcome: fail
    reason: "TODO: why"
  # it died
  - requirement: interrupt.second-is-immediate
    outcome: crash
    reason: "TODO: why"
`,
    );
    expect(added).to.equal(2);
    expect(readingOf(text).mistakes.map(({ kind }) => kind)).to.deep.equal([
      "unexplained",
      "unexplained",
    ]);
  });

  it("names the requirement where all its tests fail alike, else the tests", () => {
    const about = (found: Found) =>
      readingOf(started([found]).text).file.entries.map((it) => it.requirement ?? it.test);

    expect(about({ ...fine, once: "fail", twice: "fail" })).to.deep.equal([
      "result.run-returns-the-object",
    ]);
    expect(about({ ...fine, once: "fail", twice: "crash" })).to.deep.equal([
      titles.once,
      titles.twice,
    ]);
  });

  it("is empty where nothing fails", () => {
    expect(started([fine]).text).to.match(/\nsubject: Fake\nexpectations: *\[\]\n$/);
    expect(readingOf(started([fine]).text).mistakes).to.deep.equal([]);
  });

  it("says where a failure comes when it does not come everywhere", () => {
    const when = (...subjects: readonly Subject[]) =>
      readingOf(started(...subjects).text).file.entries.map((entry) => entry.when);
    const failing = { ...fine, twice: "fail" } as const;

    expect(when([failing], [failing, { edition: "3.12" }])).to.deep.equal([undefined]);
    expect(when([fine], [failing, { edition: "3.12" }])).to.deep.equal([{ edition: ["3.12"] }]);
    expect(when([fine], [failing, { version: "1.1" }])).to.deep.equal([{ version: "1.1" }]);
    expect(
      when(
        [{ ...fine, twice: "crash" }, { edition: "3.11" }],
        [failing, { edition: "3.12" }],
        [failing],
      ),
    ).to.deep.equal([{ edition: ["3.11"] }, { edition: ["3.12", "3.13"] }]);
  });

  it("is refused for subjects that cannot be told apart", () => {
    expect(() => started([fine], [{ ...fine, twice: "fail" }])).to.throw(
      /expected subjects that differ in edition or version .* got 1\.0 by 3\.13 and 1\.0 by 3\.13; keep a file for each/,
    );
  });

  it("is green at once, but for its reasons", () => {
    const found = { once: "fail", twice: "crash", loop: "timeout" } as const;
    const { text } = started([found]);

    expect(updated(text, [found])).to.deep.equal({ text, added: 0, changed: 0, removed: 0 });
  });
});

const written = `# about this file
version: 1
expectations:
  # about results

  # about once
  - test: "${titles.once}" # since ever
    outcome: fail
    reason: "it is so"

  # about interrupts

  # about the loop
  - {requirement: interrupt.second-is-immediate, outcome: timeout, reason: 'slow, very slow indeed, so slow that it does not fit into eighty columns'}
  # the end
`;

describe("a file of expectations that is updated", () => {
  it("is the same to the last blank where nothing changed", () => {
    const { text } = updated(written, [{ once: "fail", twice: "pass", loop: "timeout" }]);

    expect(text).to.equal(written);
  });

  it("loses what is stale with its comment, and keeps every other comment", () => {
    const { text, removed } = updated(written, [{ ...fine, loop: "timeout" }]);

    expect(text).to.equal(`# about this file
version: 1
expectations:
  # about results

  # about interrupts

  # about the loop
  - { requirement: interrupt.second-is-immediate, outcome: timeout, reason: 'slow, very slow indeed, so slow that it does not fit into eighty columns' }
  # the end
`);
    expect(removed).to.equal(1);
  });

  it("keeps a heading whose last entry is gone", () => {
    const { text } = updated(written, [{ ...fine, once: "fail" }]);

    expect(text).to.match(/reason: "it is so"\n\s*# about interrupts\n\s*# the end\n$/);
    expect(text).not.to.include("about the loop");
  });

  it("is left with an empty list when everything is stale", () => {
    const { text } = updated(written, [fine]);

    expect(readingOf(text).mistakes).to.deep.equal([]);
    expect(readingOf(text).file.entries).to.deep.equal([]);
    expect(text).to.include("# about interrupts");
  });

  it("gains new failures at the end", () => {
    const { text, added } = updated(written, [
      { once: "fail", twice: ["crash", "gone"], loop: "timeout" },
    ]);

    expect(text).to.match(
      /columns' \}\n\s*# gone\n {2}- test: .*twice"?\n {4}outcome: crash\n {4}reason: "TODO: why"\n {2}# the end\n$/,
    );
    expect(added).to.equal(1);
  });

  it("keeps an entry that fails otherwise too, and asks for the reason anew", () => {
    const { text, changed, added } = updated(
      `version: 1
expectations:
  - requirement: result.run-returns-the-object # mine
    outcome: fail
    message: expected 1
    reason: it is so
`,
      [{ once: ["fail", "expected 1, got 2"], twice: ["crash", "gone"], loop: "pass" }],
    );

    expect(text).to.equal(`version: 1
expectations:
  - requirement: result.run-returns-the-object # mine
    outcome: [ fail, crash ]
    reason: "TODO: it fails otherwise now; was: it is so"
`);
    expect([changed, added]).to.deep.equal([1, 0]);
  });

  it("replaces an entry whose test only fails otherwise", () => {
    const { text } = updated(written, [
      { once: ["crash", "gone"], twice: "pass", loop: "timeout" },
    ]);

    expect(readingOf(text).file.entries.map(({ test, outcome }) => [test, outcome])).to.deep.equal([
      [undefined, ["timeout"]],
      [titles.once, ["crash"]],
    ]);
  });

  it("narrows an entry that is stale for one subject and holds for another", () => {
    const { text, changed, removed } = updated(
      written,
      [{ ...fine, once: "fail", loop: "timeout" }, { edition: "3.12" }],
      [{ ...fine, loop: "timeout" }],
    );

    expect(text).to.include(
      '    outcome: fail\n    reason: "it is so"\n    when: { edition: "3.12" }\n',
    );
    expect([changed, removed]).to.deep.equal([1, 0]);
  });

  it("tells a new failure from an entry about the same test elsewhere", () => {
    const { text } = updated(
      `version: 1
expectations:
  - { test: "${titles.once}", outcome: fail, reason: r, when: { edition: "3.8" } }
`,
      [{ ...fine, once: "fail" }],
    );

    const { file, mistakes } = readingOf(text);
    expect(file.entries.map(({ when }) => when)).to.deep.equal([
      { edition: ["3.8"] },
      { edition: ["3.13"] },
    ]);
    expect(mistakes.map(({ kind }) => kind)).to.deep.equal(["unexplained"]);
  });

  it("keeps the way its list is indented and its lines end", () => {
    const text = `version: 1\r\nexpectations:\r\n- test: "${titles.once}"\r\n  outcome: fail\r\n  reason: r\r\n`;

    expect(updated(text, [{ ...fine, once: "fail", loop: "crash" }]).text).to.equal(
      `${text}- requirement: interrupt.second-is-immediate\r\n  outcome: crash\r\n  reason: "TODO: why"\r\n`,
    );
  });

  it("does not touch what was not judged", () => {
    const { text } = updated(written, [{ once: "fail" }]);

    expect(text).to.equal(written);
  });
});
