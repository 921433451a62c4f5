import { expect } from "chai";

import { readingOf, readingOfEntries, titles } from "./testing";

const about = "requirement: result.run-returns-the-object";
const messages = (...entries: readonly string[]) =>
  readingOfEntries(...entries).mistakes.map(({ line, message }) => `${line}: ${message}`);

describe("a file of expectations", () => {
  it("says what is expected of requirements and of tests, where, how long and why", () => {
    const { file, mistakes } = readingOf(`
version: 1
subject: CPython
expectations:
  - requirement: result.*
    outcome: fail
    message: expected
    when: { edition: ["3.7", "3.8"], platform: linux, version: ">=3.7.1 <3.9" }
    reason: it was always so
    issue: https://example.org/1
    expires: 2030-06-15
  - test: "${titles.loop}"
    outcome: [pass, timeout]
    reason: slow machines
`);

    expect(mistakes).to.deep.equal([]);
    expect(file.subject).to.equal("CPython");
    expect(file.entries).to.deep.equal([
      {
        ...{ index: 0, line: 5, requirement: "result.*", outcome: ["fail"], message: "expected" },
        ...{ reason: "it was always so", issue: "https://example.org/1", expires: "2030-06-15" },
        when: { edition: ["3.7", "3.8"], platform: ["linux"], version: ">=3.7.1 <3.9" },
      },
      {
        ...{ index: 1, line: 12, test: titles.loop, outcome: ["pass", "timeout"] },
        reason: "slow machines",
      },
    ]);
  });

  const forms: Record<string, { text: string; says: RegExp }> = {
    "is empty": { text: "", says: /^1: expected version: 1 and expectations:, got nothing/ },
    "is a list": { text: "- 1", says: /^1: expected version: 1 and expectations:, got \[1\]/ },
    "is no YAML": { text: "version: 1\nexpectations: [", says: /^2: expected YAML, got Flow/ },
    "says a key twice": { text: "version: 1\nversion: 1", says: /^2: expected YAML, got Map keys/ },
    "has no version": { text: "expectations: []", says: /^1: version: expected 1, .* got nothing/ },
    "has another version": {
      text: "expectations: []\nversion: 2",
      says: /^2: version: expected 1, the only version there is, got 2/,
    },
    "has no list": {
      text: "version: 1",
      says: /^1: expectations: expected a list of expectations, got nothing/,
    },
    "has an unknown key": {
      text: "version: 1\nexpectation: []\nexpectations: []",
      says: /^2: expected one of the keys version, .*, got "expectation"; did you mean "expectations"\?/,
    },
    "is about nobody": {
      text: "version: 1\nsubject: ''\nexpectations: []",
      says: /^2: subject: expected the name .*, got ""/,
    },
  };
  for (const [what, { text, says }] of Object.entries(forms)) {
    it(`is refused when it ${what}`, () => {
      const [first] = readingOf(text).mistakes;

      expect(`${first?.line ?? 0}: ${first?.message ?? ""}`).to.match(says);
    });
  }

  const entries: Record<string, { entry: string; says: RegExp }> = {
    "has an unknown key": {
      entry: `${about}, outcome: fail, reason: r, raeson: r`,
      says: /^3: expected one of the keys requirement, .*, got "raeson"; did you mean "reason"\?/,
    },
    "has an unknown key in when": {
      entry: `${about}, outcome: fail, reason: r, when: { editon: '3.8' }`,
      says: /^3: expected one of the keys edition, platform, version, got "editon"; did you mean "edition"\?/,
    },
    "is about nothing": {
      entry: "outcome: fail, reason: r",
      says: /^3: expected either requirement: or test:, got neither/,
    },
    "has a when that is no map": {
      entry: `${about}, outcome: fail, reason: r, when: linux`,
      says: /^3: when: expected keys and values, got "linux"; write edition:, platform: or version:/,
    },
    "is about two things": {
      entry: `${about}, test: '${titles.once}', outcome: fail, reason: r`,
      says: /^3: expected either requirement: or test:, got both/,
    },
    "has no outcome": {
      entry: `${about}, reason: r`,
      says: /^3: outcome: expected an outcome out of pass, .*, got nothing/,
    },
    "has an outcome that does not exist": {
      entry: `${about}, outcome: tiemout, reason: r`,
      says: /^3: outcome: expected an outcome out of .*, got "tiemout"; did you mean "timeout"\?/,
    },
    "has an outcome nobody can expect": {
      entry: `${about}, outcome: not-run, reason: r`,
      says: /^3: outcome: expected an outcome out of pass, .*, got "not-run"/,
    },
    "has no outcome in its list": {
      entry: `${about}, outcome: [], reason: r`,
      says: /^3: outcome: expected one or several, got an empty list/,
    },
    "has an outcome twice": {
      entry: `${about}, outcome: [fail, fail], reason: r`,
      says: /^3: expected each outcome once, got fail, fail/,
    },
    "expects what everybody expects": {
      entry: `${about}, outcome: pass, reason: r`,
      says: /^3: expected an outcome other than pass alone; remove the entry/,
    },
    "has a message that cannot come": {
      entry: `${about}, outcome: unsupported, message: m, reason: r`,
      says: /^3: expected a message only with a failure, got unsupported/,
    },
    "has no reason": {
      entry: `${about}, outcome: fail`,
      says: /^3: reason: expected a reason, .*, got nothing/,
    },
    "has a blank reason": {
      entry: `${about}, outcome: fail, reason: ' '`,
      says: /^3: reason: expected a reason, .*, got " "/,
    },
    "has a reason that is still to be written": {
      entry: `${about}, outcome: fail, reason: 'TODO: why'`,
      says: /^3: expected a reason, got "TODO: why"; say why it is accepted/,
    },
    "has an issue that is no address": {
      entry: `${about}, outcome: fail, reason: r, issue: '#12'`,
      says: /^3: issue: expected an address that begins with https:\/\/, got "#12"/,
    },
    "expires on a day that does not exist": {
      entry: `${about}, outcome: fail, reason: r, expires: 2031-02-30`,
      says: /^3: expires: expected a day such as .*, got "2031-02-30"/,
    },
    "has expired": {
      entry: `${about}, outcome: fail, reason: r, expires: 2030-06-14`,
      says: /^3: expected to hold until 2030-06-14, which has passed/,
    },
    "names an edition without quotes": {
      entry: `${about}, outcome: fail, reason: r, when: { edition: 3.10 }`,
      says: /^3: edition: expected an edition out of .*, got 3\.1, a number; put it in quotes/,
    },
    "names a version without quotes": {
      entry: `${about}, outcome: fail, reason: r, when: { version: 3.10 }`,
      says: /^3: version: expected a version .*, got 3\.1, a number; put it in quotes/,
    },
    "names a version that is none": {
      entry: `${about}, outcome: fail, reason: r, when: { version: '~3.12' }`,
      says: /^3: version: expected a beginning of a version .*, got "~3\.12"/,
    },
    "names versions none of which exists": {
      entry: `${about}, outcome: fail, reason: r, when: { version: '>=3.13 <3.12' }`,
      says: /^3: expected a range some version lies in, got '>=3\.13 <3\.12'/,
    },
    "names an edition that does not ask for it": {
      entry: `requirement: interrupt.second-is-immediate, outcome: fail, reason: r, when: { edition: ['3.8', '3.12'] }`,
      says: /^3: expected editions that ask for it \(3\.11, .*\), got 3\.8; it would never hold there/,
    },
    "names a requirement that does not exist": {
      entry: "requirement: result.run-returns-an-object, outcome: fail, reason: r",
      says: /^3: expected a requirement .*, which matches nothing; did you mean "result\.run-returns-the-object"\?/,
    },
    "names a requirement no test decides": {
      entry: "requirement: debug.global-setting, outcome: fail, reason: r",
      says: /^3: expected a requirement with a test, got "debug\.global-setting": \w+/,
    },
    "has a pattern that matches nothing": {
      entry: "requirement: reslut.*, outcome: fail, reason: r",
      says: /^3: expected a requirement of the catalogue, got "reslut\.\*", which matches nothing/,
    },
    "has a pattern that matches too much": {
      entry: "requirement: '*', outcome: fail, reason: r",
      says: /^3: expected at most 20 requirements under one pattern, got \d{3} under "\*"; be more specific/,
    },
    "names a test that does not exist": {
      entry: `test: '${titles.once} more', outcome: fail, reason: r`,
      says: /^3: expected the title of a test, .*, which matches nothing; did you mean "result\.run-returns-the-object: once"\?/,
    },
  };
  for (const [what, { entry, says }] of Object.entries(entries)) {
    it(`refuses an entry that ${what}`, () => {
      const said = messages(entry);

      expect(said.join("\n")).to.match(says);
      expect(said).to.have.length(1);
    });
  }

  it("refuses an entry that is no map at all", () => {
    const { mistakes } = readingOf("version: 1\nexpectations:\n  - result.*\n");

    expect(mistakes.map(({ line, message }) => [line, message])).to.deep.equal([
      [3, 'expected keys and values, got "result.*"; write requirement:, outcome: and reason:'],
    ]);
  });

  it("names every mistake at once, also of an entry that has several", () => {
    expect(
      messages(
        "requirement: result.no, outcome: no, reason: TODO",
        `${about}, outcome: fail, reason: r`,
        `test: '${titles.twice}', outcome: crash, reason: r, expires: 2020-01-01`,
      ).map((message) => message.slice(0, 32)),
    ).to.deep.equal([
      "3: outcome: expected an outcome ",
      "3: expected a requirement of the",
      '3: expected a reason, got "TODO"',
      "5: expected to hold until 2020-0",
      '5: expected one expectation of "',
    ]);
  });

  describe("with two entries about one test", () => {
    const failing = `${about}, outcome: fail, reason: r`;
    const crashing = `test: '${titles.twice}', outcome: crash, reason: r`;

    it("is refused when they contradict each other", () => {
      expect(messages(failing, crashing)).to.deep.equal([
        `4: expected one expectation of "${titles.twice}", got crash here and fail on line 3; keep one, or tell them apart by when`,
      ]);
    });

    it("is refused when they say the same twice", () => {
      expect(messages(failing, failing)).to.deep.equal([
        `4: expected one expectation of "${titles.once}", got the same again after line 3; remove one`,
      ]);
    });

    const apart: Record<string, readonly [string, string]> = {
      edition: ["when: { edition: '3.8' }", "when: { edition: ['3.9', '3.10'] }"],
      platform: ["when: { platform: linux }", "when: { platform: [darwin, win32] }"],
      version: ["when: { version: '3.12' }", "when: { version: '>=3.13' }"],
    };
    for (const [what, [one, other]] of Object.entries(apart)) {
      it(`is accepted when ${what} tells them apart`, () => {
        expect(messages(`${failing}, ${one}`, `${crashing}, ${other}`)).to.deep.equal([]);
      });

      it(`is refused when ${what} does not tell them apart`, () => {
        expect(messages(`${failing}, ${one}`, `${crashing}, ${one}`)).to.have.length(1);
        expect(messages(`${failing}, ${one}`, crashing)).to.have.length(1);
      });
    }
  });
});
