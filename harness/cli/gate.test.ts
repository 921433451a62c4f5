import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { cli, fixture } from "./testing";

const id = "result.run-returns-the-object";
const forgetful = `python:python3?path=${fixture("")}&run=forgets_the_result:run`;

const header = "version: 1\nexpectations:\n";
const known = `  - requirement: ${id}\n    outcome: fail\n    reason: it forgets what came out\n`;

describe("a gate", () => {
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-conformance-gate-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  const write = (text: string, name = "known.yaml") => {
    writeFileSync(join(folder, name), text);
  };
  const gate = (subject: string, ...args: string[]) =>
    cli("run", subject, "--requirement", id, "--expectations", "known.yaml", ...args);

  it("is red on a new failure", async () => {
    write("version: 1\nexpectations: []\n");

    const { code, stdout } = await gate(forgetful);

    expect(stdout).to.match(/1\) result\.run-returns-the-object[\s\S]*what we saw/);
    expect(code).to.equal(1);
  });

  it("is green when the failure is listed with a reason, and tells it briefly", async () => {
    write(`${header}${known}    issue: https://example.org/12\n`);

    const { code, stdout, stderr } = await gate(forgetful);

    expect(stderr).to.match(/: 2 tests in .* s, none failed unexpectedly, 1 failed as expected$/);
    expect(stdout).to.include(
      `\nexpected (1)\n  ${id} fail: it forgets what came out (https://example.org/12)\n`,
    );
    expect(stdout).to.match(/of the selected requirements of 3\.\d+, 0\/1 hold/);
    expect(stdout).not.to.match(/what we saw|stale/);
    expect(code).to.equal(0);
  });

  it("is red when a listed failure is gone, and names the line to remove", async () => {
    write(header + known);

    const { code, stdout, stderr } = await gate("python:python3");

    expect(stderr).to.match(/, none failed unexpectedly, 1 stale expectation$/);
    expect(stdout).to.match(/\ngate: red, none failed unexpectedly, 1 stale expectation$/);
    expect(stdout.replace(/\s+/g, " ")).to.include(
      `no longer so (stale) known.yaml:3: expected fail of ${id}, got pass on python:python3; remove it`,
    );
    expect(code).to.equal(1);
  });

  it("is red when an expectation expires, before anything is judged", async () => {
    write(`${header}${known}    expires: 2020-02-29\n`);

    const { code, stdout, stderr } = await gate(forgetful);

    expect(stderr).to.match(
      /got 1 mistake:\n {2}known\.yaml:3: expected to hold until 2020-02-29, which has passed/,
    );
    expect([code, stdout]).to.deep.equal([2, ""]);
  });

  it("is red when a listed test fails in another way, and says what was listed", async () => {
    write(header + known.replace("outcome: fail", "outcome: fail\n    message: expected an int"));

    const { code, stdout } = await gate(forgetful);

    expect(stdout).to.match(/listed as\s+fail with "expected an int" \(known\.yaml:3\)\n/);
    expect(code).to.equal(1);
  });

  it("takes no entry for stale or unmatched because its tests were not selected", async () => {
    write(`${header}${known}  - requirement: close.twice-is-harmless
    outcome: fail
    reason: nobody asked\n`);

    const { code, stdout } = await gate("python:python3", "--grep", "never awaits it");
    expect([code, stdout]).to.deep.equal([2, ""]);

    expect((await gate(forgetful)).code).to.equal(0);
    expect((await gate("python:python3", "--grep", "identity")).code).to.equal(0);
  });

  it("does not stop at a failure that is expected", async () => {
    write(header + known);

    const { stdout } = await cli(
      ...["run", forgetful, "--requirement", `${id},result.result-is-not-described`],
      ...["--expectations", "known.yaml", "--fail-fast", "--jobs", "1"],
    );

    expect(stdout).to.match(/1\) result\.result-is-not-described/);
    expect(stdout).to.match(/expected \(1\)/);
  });

  it("tells machines what was expected, and what is stale", async () => {
    write(header + known);
    const told = async (subject: string) => {
      await gate(subject, "--json", "report.json");
      const report = JSON.parse(readFileSync("report.json", "utf8")) as {
        subjects: { stale: unknown; requirements: { tests: { expectation: unknown }[] }[] }[];
      };
      const [told] = report.subjects;
      const [requirement] = told?.requirements ?? [];
      return [requirement?.tests.map(({ expectation }) => expectation), told?.stale];
    };

    const reason = "it forgets what came out";
    expect(await told(forgetful)).to.deep.equal([
      [
        { state: "as-expected", reason },
        { state: "as-expected", reason },
      ],
      [],
    ]);
    expect(await told("python:python3")).to.deep.equal([
      [
        { state: "stale", reason },
        { state: "stale", reason },
      ],
      [
        {
          ...{ where: "known.yaml:3", about: id, expected: ["fail"], found: ["pass"] },
          ...{ reason },
        },
      ],
    ]);
  });

  it("accepts a file for one implementation from that one only", async () => {
    const forOne = header.replace("\n", "\nsubject: forgets_the_result\n");
    write(forOne + known);
    expect((await gate(forgetful)).code).to.equal(0);

    const { code, stdout, stderr } = await gate("python:python3");
    expect(stderr).to.match(
      /expected a subject that is forgets_the_result, as known\.yaml says, got python:python3, which is CPython; give each/,
    );
    expect([code, stdout]).to.deep.equal([2, ""]);
  });

  it("names all mistakes of a file before anything is judged", async () => {
    write("version: 1\nexpectations:\n  - requirement: reslut.*\n    outcome: fial\n");

    const { code, stdout, stderr } = await gate("python:/no/such/python");

    expect(stderr.match(/^ {2}known\.yaml:\d+: /gm)).to.deep.equal([
      "  known.yaml:3: ",
      "  known.yaml:3: ",
      "  known.yaml:4: ",
    ]);
    expect([code, stdout]).to.deep.equal([2, ""]);
  });

  it("refuses a reason that is still to be written", async () => {
    write(header + known.replace("it forgets", "TODO it forgets"));

    const { code, stderr } = await gate(forgetful);

    expect(stderr).to.match(/known\.yaml:3: expected a reason, got "TODO it forgets/);
    expect(code).to.equal(2);
  });

  it("refuses a file that does not exist", async () => {
    const { code, stderr } = await gate(forgetful);

    expect(stderr).to.match(
      /expected a file of expectations, got "known\.yaml": ENOENT.*; write one with baseline init/,
    );
    expect(code).to.equal(2);
  });

  it("may be named in the configuration, for all subjects and for one", async () => {
    const subject = forgetful.replaceAll('"', '\\"');
    write(header + known);
    write("version: 1\nexpectations: []\n", "none.yaml");
    write(
      `expectations: known.yaml
subjects:
  mine: "${subject}"
  strict: { subject: "${subject}", expectations: ./none.yaml }
`,
      "runner-conformance.config.yaml",
    );
    const code = async (...args: string[]) => (await cli("run", ...args, "--requirement", id)).code;

    expect(await code("mine")).to.equal(0);
    expect(await code("strict")).to.equal(1);
    expect(await code("strict", "--expectations", "known.yaml")).to.equal(0);
    expect(await code(forgetful)).to.equal(1);
  });
}).timeout(60_000);
