import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { expect } from "chai";

import { StepFailed, type Step } from "./execute";
import { install, type Machine } from "./install";
import type { SubjectFile } from "./subject-file";

/** A machine whose programs do nothing but what a test says. */
class FakeMachine implements Machine {
  readonly platform = "linux";
  readonly cache = mkdtempSync(join(tmpdir(), "subjects-"));
  readonly steps: string[] = [];
  /** What the program says before it fails, by a word of its command line. */
  readonly failures = new Map<string, string>();
  interpreters: Machine["interpreters"] = [found("cpython", "3.12.1"), found("cpython", "3.13.0")];

  readonly execute = (step: Step): Promise<string> => {
    const line = [basename(step.program), ...step.args.map((arg) => basename(arg))].join(" ");
    this.steps.push(line);
    for (const [word, said] of this.failures) {
      if (line.includes(word)) return Promise.reject(new StepFailed(step, said));
    }
    const isVenv = step.args.includes("venv");
    if (isVenv) program(join(step.args.at(-1) ?? "", "bin/python"));
    return Promise.resolve("");
  };

  remove(): void {
    rmSync(this.cache, { recursive: true });
  }
}

const found = (implementation: string, version: string) => ({
  implementation,
  version,
  name: `python${version}`,
  path: `/opt/${implementation}-${version}/bin/python`,
});

function program(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "", { mode: 0o755 });
}

const file = (
  installing: SubjectFile["install"],
  more: Partial<SubjectFile> = {},
): SubjectFile => ({
  name: "mine",
  about: "a loop",
  language: "python",
  install: installing,
  subject: "python:{python}",
  ...more,
});

describe("installing a subject", () => {
  let machine: FakeMachine;
  beforeEach(() => {
    machine = new FakeMachine();
  });
  afterEach(() => {
    machine.remove();
  });

  const missing = async (subject: SubjectFile): Promise<string> => {
    const installation = await install(subject, machine);
    return "missing" in installation ? installation.missing : "it was installed";
  };

  it("makes an environment of its own with the newest interpreter that will do", async () => {
    await install(file({ python: ">=3.11", pip: ["a-loop==1.0"] }), machine);

    expect(machine.steps).to.have.length(2);
    expect(machine.steps[0]).to.match(/^python -m venv venv$/);
    expect(machine.steps[1]).to.match(/^python -m pip install --quiet .* a-loop==1\.0$/);
  });

  it("does nothing the second time", async () => {
    const subject = file({ python: "3.13", pip: ["a-loop==1.0"] });
    await install(subject, machine);
    machine.steps.length = 0;

    const again = await install(subject, machine);

    expect(again).to.deep.include({ fresh: false });
    expect(machine.steps).to.deep.equal([]);
  });

  it("starts afresh when something else is asked for", async () => {
    await install(file({ python: "3.13", pip: ["a-loop==1.0"] }), machine);

    expect(await install(file({ python: "3.13", pip: ["a-loop==2.0"] }), machine)).to.deep.include({
      fresh: true,
    });
  });

  it("takes the interpreter as it is where no package is asked for", async () => {
    machine.interpreters = [found("cpython", process.version.slice(1)), here];

    const installation = await install(file({ python: "3.13" }), machine);

    expect(installation).to.have.nested.property("environment.python", here.path);
    expect(machine.steps).to.deep.equal([]);
  });
  const here = { ...found("cpython", "3.13.9"), path: process.execPath };

  it("installs packages of npm into a folder", async () => {
    await install(file({ npm: ["a-port@1.0.0"] }, { subject: "node:{glue}/x.mjs" }), machine);

    expect(machine.steps[0]).to.match(/^npm install .* a-port@1\.0\.0$/);
  });

  it("is skipped on another platform", async () => {
    expect(await missing(file({ python: "3.13" }, { platforms: ["win32"] }))).to.equal(
      "exists on win32 only, this is linux",
    );
  });

  it("is skipped without an interpreter", async () => {
    expect(await missing(file({ python: "3.14" }))).to.equal(
      "needs CPython 3.14, this machine has none; install one",
    );
  });

  it("does not take another implementation for the one asked for", async () => {
    expect(await missing(file({ python: "3.13", implementation: "pypy" }))).to.match(/needs PyPy/);
  });

  it("leaves nothing half done behind", async () => {
    machine.failures.set("pip install", "ERROR: something");

    await install(file({ python: "3.13", pip: ["a-loop==1.0"] }), machine);

    expect(readdirSync(join(machine.cache, "env"))).to.deep.equal([]);
  });

  const failures: Record<string, { at: string; said: string; why: RegExp }> = {
    "no network": {
      at: "pip install",
      said: "WARNING: Retrying ... NewConnectionError('...: Temporary failure in name resolution')\nERROR: No matching distribution found for a-loop==1.0",
      why: /^the package registry cannot be reached; check the network and run this again$/,
    },
    "no compiler": {
      at: "pip install",
      said: "error: command 'gcc' failed: No such file or directory",
      why: /^there is no wheel for this machine, and to build it gcc is missing$/,
    },
    "no Rust": {
      at: "pip install",
      said: "error: toolchain 'nightly' is not installed",
      why: /to build it a compiler is missing$/,
    },
    "no such release": {
      at: "pip install",
      said: "ERROR: Could not find a version\nERROR: No matching distribution found for a-loop==1.0",
      why: /^the registry has no a-loop==1\.0 for this machine$/,
    },
    "no venv": { at: "-m venv", said: "No module named venv", why: /^this Python has no venv$/ },
    "a full disk": {
      at: "pip install",
      said: "OSError: [Errno 28] No space left on device",
      why: /^the disk is full/,
    },
    "something new": {
      at: "pip install",
      said: "Collecting a-loop\n\u001b[31mERROR: the moon is full\u001b[0m\nhint: wait",
      why: /^python said: ERROR: the moon is full$/,
    },
  };
  for (const [what, { at, said, why }] of Object.entries(failures)) {
    it(`says in one line that there is ${what}`, async () => {
      machine.failures.set(at, said);

      expect(await missing(file({ python: "3.13", pip: ["a-loop==1.0"] }))).to.match(why);
    });
  }
});
