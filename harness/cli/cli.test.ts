import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { cli, fixture, processesWith, spawnCli } from "./testing";

const id = "result.run-returns-the-object";
const forgetful = `python:python3?path=${fixture("")}&run=forgets_the_result:run`;

describe("runner-conformance run", function () {
  // Started as a process, the CLI compiles itself first: 1.5 s, or 15 s on a machine with ten times its load.
  this.timeout(120_000);

  it("judges a subject and says so", async () => {
    const { code, stdout, stderr } = await spawnCli(["run", "python:python3", "--requirement", id]);

    expect(stdout).to.match(
      /^subject +implementation +edition +conformant +CPython-compatible +time\n/,
    );
    expect(stdout).to.match(/python:python3 +CPython 3\.\S+ +3\.\d+ +1\/1 +1\/1 /);
    expect(stdout).to.match(/of the selected requirements of 3\.\d+, 1\/1 hold/);
    expect(stderr).to.match(/python:python3: \d+ tests in .* s, none failed/);
    expect(code).to.equal(0);
  });

  it("leaves tests that take minutes to those who ask for them", async () => {
    const slow = ["run", "python:python3", "--grep", "five real minutes"];
    const { code, stderr } = await cli(...slow);

    expect(stderr).to.include('expected a test of the catalogue, got "five real minutes"');
    expect(code).to.equal(2);
  });

  it("explains a failure to the person who must repair it", async () => {
    const { code, stdout } = await cli("run", forgetful, "--requirement", id);

    expect(stdout).to.match(/1\) result\.run-returns-the-object/);
    expect(stdout).to.include("run() returns the very object its coroutine returned.");
    expect(stdout).to.match(/what we did[\s\S]*harness calls asyncio\.run\(coroutine 1\)/);
    expect(stdout).to.match(/what we did[\s\S]*coroutine 1 returns object#\d+/);
    expect(stdout).to.match(/what we did[\s\S]*asyncio\.run returned None/);
    expect(stdout).to.match(/what we saw\s+expected null to equal object#\d+/);
    expect(stdout).to.match(/what is accepted\s+object#\d+/);
    expect(stdout).to.match(/hint\s+Return the main task's result/);
    expect(stdout).to.include(`runner-conformance run '${forgetful}' --requirement ${id}`);
    expect(code).to.equal(1);
  });

  it("tells alike failures of several subjects once", async () => {
    const again = `${forgetful}&editions=3.8`;
    const { stdout } = await cli("run", forgetful, again, "--requirement", id);

    expect(stdout.match(/\d\) result\./g)).to.have.length(1);
    expect(stdout).to.match(/forgets_the_result:run,\s+python:/);
  });

  it("stops at the first failure when told to", async () => {
    const { code, stdout } = await cli(
      ...["run", forgetful, "--family", "result", "--fail-fast", "--jobs", "1"],
    );

    expect(stdout).to.match(/not run \(\d+\), stopped after the first failure: /);
    expect(code).to.equal(1);
  });

  it("never calls a subject conformant that supports nothing of what is asked", async () => {
    const { code, stdout } = await cli(
      ...["run", "python:python3?run=asyncio:run&runner=none&editions=3.13"],
      ...["--requirement", "result.runner-returns-the-object"],
    );

    expect(stdout).to.match(/: nothing verified\n/);
    expect(stdout).to.match(/unsupported, so not judged \(1\): result\.runner-returns-the-object/);
    expect(code).to.equal(5);
  });

  it("writes everything as JSON, the same but for times", async () => {
    const folder = mkdtempSync(join(tmpdir(), "runner-conformance-json-"));
    const timeless = async (jobs: string) => {
      const file = join(folder, jobs);
      await cli("run", forgetful, "--family", "result", "--json", file, "--jobs", jobs);
      return JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
        ["startedAt", "durationMs", "transcript"].includes(key) ? undefined : value,
      ) as { schemaVersion: number };
    };

    const report = await timeless("1");

    expect(report.schemaVersion).to.equal(1);
    expect(await timeless("3")).to.deep.equal(report);
    rmSync(folder, { recursive: true });
  });

  it("leaves stdout to the JSON when that goes there", async () => {
    const { stdout } = await cli("run", "python:python3", "--requirement", id, "--json", "-");

    const report = JSON.parse(stdout) as { complete: boolean; subjects: { subject: string }[] };
    expect([report.complete, report.subjects[0]?.subject]).to.deep.equal([true, "python:python3"]);
  });

  it("reports what it has and leaves no process behind when interrupted", async () => {
    const hanging = fixture("hangs-before-hello");
    let interrupted = false;

    const { code, stdout } = await spawnCli(
      ["run", "python:python3", `python:${hanging}`, "--requirement", id, "--jobs", "1"],
      {
        onStderr: (text, pid) => {
          if (interrupted || !text.includes("tests in")) return;
          interrupted = true;
          process.kill(pid, "SIGINT");
        },
      },
    );

    expect(stdout).to.match(/python:python3 .* 1\/1 .*\n.*hangs-before-hello .*not run/);
    expect(stdout).to.match(/interrupted: this report is incomplete/);
    expect(code).to.equal(130);
    expect(await processesWith(hanging)).to.deep.equal([]);
  });
});

describe("runner-conformance list", () => {
  it("names the subjects of this machine, the requirements and the tests", async () => {
    const { code, stdout } = await cli("list");

    expect(stdout).to.match(/^Subjects\n {2}python:/);
    expect(stdout).to.match(/\nRequirements \(\d+\)\nresult: /);
    expect(stdout).to.match(/result\.run-returns-the-object +stated +3\.7 to 3\.15 +\d+ tests/);
    expect(stdout).to.match(/\nTests \(\d+\)\n {2}result\./);
    expect(code).to.equal(0);
  });

  it("does the same for machines", async () => {
    const { stdout } = await cli("list", "--requirements", "--json");

    const { requirements } = JSON.parse(stdout) as { requirements: { id: string }[] };
    expect(requirements.map((requirement) => requirement.id)).to.include(id);
  });
});

describe("runner-conformance show", () => {
  it("prints all there is to know about a requirement", async () => {
    const { code, stdout } = await cli("show", id);

    expect(stdout).to.match(/^result\.run-returns-the-object\n {2}run\(\) returns the very object/);
    expect(stdout).to.match(/\nbasis +stated\neditions +3\.7, .*3\.15\nsource +run\n/);
    expect(stdout).to.match(/\nhint +Return[\s\S]*\ninventory +RES-01\ntests +returns a fresh/);
    expect(code).to.equal(0);
  });
});

describe("runner-conformance doctor", () => {
  it("calls a good subject ready", async () => {
    const { code, stdout } = await cli("doctor", "python:python3");

    expect(stdout.match(/^ok +[\w ]+(?=:)/gm)?.map((line) => line.slice(2).trim())).to.deep.equal(
      ["starts", "handshake", "session", "stream hygiene", "identity", "puppets", "signal"].concat([
        "threads",
        "closes",
      ]),
    );
    expect(stdout).to.match(/\nready$/);
    expect(code).to.equal(0);
  });

  it("names the first thing to repair of one that prints to stdout", async () => {
    const { code, stdout } = await cli("doctor", `python:${fixture("prints-noise")}`);

    expect(stdout).to.match(/^ok +starts: .*\nFAIL +handshake: not-hello\n/);
    expect(stdout).to.match(/first thing to repair: .*welcome to my Python/);
    expect(code).to.equal(3);
  });

  it("names the module and the exception of one that cannot be imported, in one line", async () => {
    const { code, stdout } = await cli("doctor", "python:python3?loop_factory=no_such_loop:new");

    expect(stdout).to.match(
      /^first thing to repair: --loop-factory no_such_loop:new: importing no_such_loop failed with ModuleNotFoundError: No module named 'no_such_loop'$/m,
    );
    expect(code).to.equal(3);
  });

  it("names the first thing to repair of one that hangs", async () => {
    const { code, stdout } = await cli(
      ...["doctor", `python:${fixture("hangs-before-hello")}`, "--timeout-multiplier", "0.02"],
    );

    expect(stdout).to.match(/FAIL +handshake: no-hello/);
    expect(code).to.equal(3);
  });
});
