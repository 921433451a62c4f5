import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";

import { expect } from "chai";

import { locate } from "../adapters/python/testing";
import { cli } from "../cli/testing";

/** The fixtures derive from asyncio.Runner, which came with 3.11. */
const python = ["3.13", "3.12", "3.11"].map(locate).find((found) => found !== undefined) ?? "";

const fixtures = join(__dirname, "fixtures");
const broken = (name: string) => `python:${python}?path=${fixtures}&runner=broken:${name}`;

/** What a plain interpreter makes of a script. */
function run(file: string) {
  const { status, signal, stdout, stderr } = spawnSync(python, [file], { encoding: "utf8" });
  return { status, signal, stdout, stderr };
}

/** The same script with the runner of asyncio in the place of the broken one. */
const repaired = (script: string): string =>
  script
    .replace(/^Runner = .*$/m, "Runner = asyncio.Runner")
    .replace(/^run = .*$/m, "run = asyncio.run");

const failures: readonly (readonly [string, string, string, RegExp])[] = [
  [
    "a loop made in the constructor",
    "lazy-initialisation.constructor-makes-no-loop",
    broken("EarlyLoop"),
    /loop_factory starts\n.*Runner\(loop_factory=loop_factory\)/,
  ],
  [
    "a forgotten result",
    "result.run-returns-the-object",
    `python:${python}?path=${fixtures}&run=broken:forgets_the_result`,
    /^seen: +None$/m,
  ],
  [
    "a SIGINT handler left behind",
    "interrupt-handler.removed-after-return",
    broken("KeptHandler"),
    /^seen: +<function KeptHandler/m,
  ],
  ["a lost context", "context.custom-is-read", broken("LostContext"), /^seen: +\['nonce-\d'\]$/m],
  [
    "swallowed errors of leftover tasks",
    "leftover-tasks.errors.reported",
    broken("SwallowedErrors"),
    /recorder\.calls\): \[\]$/m,
  ],
  ["a nested run", "running-loop.runner-run-refused", broken("NestedRuns"), /^seen: /m],
  [
    "a second Ctrl-C nobody hears",
    "interrupt.second-is-immediate",
    broken("SecondIgnored"),
    /main is still busy$/m,
  ],
];

describe("runner-conformance repro", function () {
  this.timeout(120_000);
  let folder: string;

  before(function () {
    if (python === "") this.skip();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-conformance-repro-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [what, requirement, subject, seen] of failures) {
    it(`writes a script that shows ${what}, and no failure of asyncio's own`, async () => {
      const file = join(folder, "repro.py");
      const { code, stderr } = await cli("repro", requirement, subject, "--out", file);
      expect(stderr).to.match(/\nthe script shows the failure$/);
      expect(code).to.equal(0);

      const shown = run(file);
      expect(shown.stdout).to.match(seen);
      expect(shown.stdout).to.match(/^expected: /m);
      expect(shown.stdout).to.match(/\nthis is the failure\n$/);
      expect(shown.status, shown.stderr).to.equal(1);

      writeFileSync(file, repaired(readFileSync(file, "utf8")));
      const sound = run(file);
      expect(sound.stdout).to.match(/\nthis is not the failure\n$/);
      expect(sound.status, sound.stderr).to.equal(0);
    });
  }

  it("writes a script that hangs where the subject does, and says where", async () => {
    const file = join(folder, "repro.py");
    const requirement = "result.runner-returns-the-object";
    await cli("repro", requirement, broken("Hanging"), "--out", file, "--no-verify");

    const { status, stdout, stderr } = run(file);
    expect(stdout).to.match(/^expected: an end; if this hangs, the stack follows after 10 s$/m);
    expect(stderr).to.match(/^Timeout [\s\S]*in close$/m);
    expect(status).to.equal(1);
  });

  it("writes a script that crashes where the subject does", async () => {
    const file = join(folder, "repro.py");
    const requirement = "result.runner-returns-the-object";
    const { code } = await cli("repro", requirement, broken("Dying"), "--out", file);

    expect(run(file).signal).to.equal("SIGKILL");
    expect(code).to.equal(0);
  });

  it("prints the script alone on stdout", async () => {
    const { stdout } = await cli("repro", failures[1]?.[1] ?? "", failures[1]?.[2] ?? "");

    expect(stdout).to.match(/^"""result\.run-returns-the-object\n/);
    expect(stdout).to.match(/\nconclude\(\)$/);
    expect(stdout).to.match(/\nRun it: +python3 repro\.py\n/);
  });

  it("says that there is nothing to reproduce", async () => {
    const { code, stdout, stderr } = await cli(
      ...["repro", "result.run-returns-the-object", `python:${python}`],
    );

    expect(stderr).to.equal(
      `nothing to reproduce: 2 of 2 tests pass on python:${python}, and none fails`,
    );
    expect(stdout).to.equal("");
    expect(code).to.equal(5);
  });

  it("refuses a subject whose language it cannot write", async () => {
    const { code, stderr } = await cli(
      ...["repro", "result.run-returns-the-object", "command:./no-such-adapter"],
    );

    expect(stderr).to.match(/so name a python: subject, a node: subject or the reference$/);
    expect(code).to.equal(2);
  });

  it("knows which requirement was meant", async () => {
    const { code, stderr } = await cli("repro", "result.run-returns-the-objet", `python:${python}`);

    expect(stderr).to.match(/; did you mean "result\.run-returns-the-object"\?$/);
    expect(code).to.equal(2);
  });

  it("says what to look at when no title has what --test names", async () => {
    const { code, stderr } = await cli(
      ...["repro", "result.run-returns-the-object", `python:${python}`, "--test", "no such words"],
    );

    expect(stderr).to.match(/got "no such words"; see runner-conformance show result\.run-/);
    expect(code).to.equal(2);
  });
});
