import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { cli, fixture, spawnCli } from "./testing";

const id = "result.run-returns-the-object";
/** The smallest of the real subjects: one entry point, the oldest edition. */
const forgetful = `python:python3?path=${fixture("")}&run=forgets_the_result:run&runner=none&editions=3.7`;
const silent = `command:node ${join(__dirname, "saboteurs", "claims-nothing.mjs")}`;

describe("runner-conformance baseline", function () {
  // The whole suite is judged: 2 s, or 30 s on a machine with ten times its load.
  this.timeout(300_000);

  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-conformance-baseline-"));
    file = join(folder, "known.yaml");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const text = () => readFileSync(file, "utf8");

  it("takes a subject from its first failures to a gate that is kept up to date", async () => {
    const init = await cli("baseline", "init", forgetful, "--expectations", file);

    expect(init.stdout).to.match(/^wrote .*known\.yaml: \d+ expectations; give each a reason/);
    expect(init.code).to.equal(0);
    expect(text()).to.match(/\nsubject: forgets_the_result\n/);

    const unexplained = await cli("baseline", "lint", file);
    expect(unexplained.stderr).to.match(/known\.yaml:\d+: expected a reason, got "TODO: why"/);
    expect(unexplained.code).to.equal(2);

    const explained = text().replaceAll('"TODO: why"', "it forgets # for now");
    const [kept = "", rest = ""] = explained.split(
      /(?<=for now\n)(?= {2}#[^\n]*\n {2}- requirement: result\.)/,
    );
    const forgotten = rest.slice(rest.indexOf("for now\n") + "for now\n".length);
    const stale = `  # was repaired\n  - requirement: result.run-raises-the-exception\n    outcome: fail\n    reason: old\n`;
    const before = `${kept}${stale}${forgotten}`;
    writeFileSync(file, before);

    const check = await cli("baseline", "update", forgetful, "--expectations", file, "--check");
    expect(check.stdout).to.match(/^-\s+- requirement: result\.run-raises-the-exception$/m);
    expect(check.stdout).to.match(/^\+\s+- requirement: result\.result-is-not-described$/m);
    expect(check.stdout).to.match(/is out of date: 1 added, 0 changed, 1 removed/);
    expect([check.code, text()]).to.deep.equal([1, before]);

    const update = await cli("baseline", "update", forgetful, "--expectations", file);
    expect(update.code).to.equal(0);
    expect(text()).to.include("it forgets # for now");
    expect(text()).not.to.include("was repaired");
    expect(text()).to.match(
      /result-is-not-described\n {4}outcome: fail\n {4}reason: "TODO: why"\n$/,
    );

    const again = await cli("baseline", "update", forgetful, "--expectations", file, "--check");
    expect(again.stdout).to.match(/known\.yaml is up to date$/);
    expect(again.code).to.equal(0);
  });

  it("never overwrites a file", async () => {
    writeFileSync(file, "mine");

    const { code, stderr } = await cli("baseline", "init", silent, "--expectations", file);

    expect(stderr).to.match(/expected no file yet, got .*known\.yaml; .* baseline update/);
    expect([code, text()]).to.deep.equal([2, "mine"]);
  });

  for (const verb of ["init", "update"]) {
    for (const part of [
      ["--family", "result"],
      ["--requirement", id],
      ["--grep", "object"],
    ]) {
      it(`refuses to ${verb} from a part of the suite: ${part.join(" ")}`, async () => {
        const { code, stderr } = await cli(
          ...["baseline", verb, "python:python3", "--expectations", file, ...part],
        );

        expect(stderr).to.match(/expected the whole suite, got only \S+: what was not judged/);
        expect([code, existsSync(file)]).to.deep.equal([2, false]);
      });
    }

    it(`refuses to ${verb} without a file`, async () => {
      const { code, stderr } = await cli("baseline", verb, silent);

      expect(stderr).to.match(/expected one file of expectations, got none; name it with/);
      expect(code).to.equal(2);
    });
  }

  it("refuses to update a file that does not exist", async () => {
    const { code, stderr } = await cli("baseline", "update", silent, "--expectations", file);

    expect(stderr).to.match(
      /expected a file of expectations, got .*; write one with baseline init/,
    );
    expect(code).to.equal(2);
  });

  it("refuses to update a file with mistakes nobody but people can repair", async () => {
    const wrong = `version: 1\nexpectations:\n  - requirement: ${id}s\n    outcome: fail\n    reason: r\n`;
    writeFileSync(file, wrong);

    const { code, stderr } = await cli("baseline", "update", silent, "--expectations", file);

    expect(stderr).to.match(/known\.yaml:3: .* did you mean "result\.run-returns-the-object"\?/);
    expect([code, text()]).to.deep.equal([2, wrong]);
  });

  it("refuses to update the file of another implementation", async () => {
    const other = "version: 1\nsubject: CPython\nexpectations: []\n";
    writeFileSync(file, other);

    const { code, stderr } = await cli("baseline", "update", silent, "--expectations", file);

    expect(stderr).to.match(/expected a subject that is CPython, .* which is Fixture/);
    expect([code, text()]).to.deep.equal([2, other]);
  });

  it("writes nothing when a subject does not start", async () => {
    const { code, stderr } = await cli(
      ...["baseline", "init", "python:/no/such/python", silent, "--expectations", file],
    );

    expect(stderr).to.match(/left .*known\.yaml alone: not everything could be judged/);
    expect([code, existsSync(file)]).to.deep.equal([3, false]);
  });

  it("writes nothing when nothing was verified", async () => {
    const { code } = await cli("baseline", "init", silent, "--expectations", file);

    expect([code, existsSync(file)]).to.deep.equal([5, false]);
  });

  it("writes nothing when it is interrupted", async () => {
    const hanging = `python:${fixture("hangs-before-hello")}`;
    let interrupted = false;

    const { code } = await spawnCli(
      ["baseline", "init", silent, hanging, "--expectations", file, "--jobs", "1"],
      {
        onStderr: (said, pid) => {
          if (interrupted || !said.includes("tests in")) return;
          interrupted = true;
          process.kill(pid, "SIGINT");
        },
      },
    );

    expect([code, existsSync(file)]).to.deep.equal([130, false]);
  });

  it("lints several files, and names the mistakes of all", async () => {
    const other = join(folder, "other.yaml");
    writeFileSync(file, "version: 1\nexpectations: []\n");
    writeFileSync(other, "version: 2\nexpectation: []\n");

    const good = await cli("baseline", "lint", file);
    expect([good.code, good.stdout]).to.deep.equal([0, `${file}: 0 expectations, no mistakes`]);

    const bad = await cli("baseline", "lint", file, other);
    expect(bad.stderr.match(/other\.yaml:\d: /g)).to.have.length(3);
    expect(bad.code).to.equal(2);
  });
});
