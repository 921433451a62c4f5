import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { discoverInterpreters, isTooOld } from "./discover";
import { interpreterFor } from "./shims";

describe("the interpreters of a machine", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "runner-conformance-pythons-"));
    for (const folder of ["bin", "pyenv/shims", "pyenv/versions/9.9/bin"]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const program = (path: string, ...says: string[]) => {
    const lines = says.map((line) => `echo ${line}`);
    writeFileSync(join(root, path), ["#!/bin/sh", ...lines].join("\n"));
    chmodSync(join(root, path), 0o755);
  };
  const interpreter = (path: string, version: string) => {
    program(path, "cpython", version, `/prefix/of/${version}`, join(root, path));
  };
  const environment = () => ({
    PATH: [join(root, "pyenv/shims"), join(root, "bin"), "/bin"].join(":"),
    PYENV_ROOT: join(root, "pyenv"),
  });
  const found = async () =>
    (await discoverInterpreters(environment())).filter(({ path }) => path.startsWith(root));

  it("are found on the PATH and behind the shims of pyenv, each once, oldest first", async () => {
    interpreter("bin/python9.10", "9.10.1");
    symlinkSync(join(root, "bin/python9.10"), join(root, "bin/python3"));
    interpreter("pyenv/versions/9.9/bin/python9.9", "9.9.2");
    program("pyenv/shims/python9.9");

    expect((await found()).map(({ name, version }) => [name, version])).to.deep.equal([
      ["python9.9", "9.9.2"],
      ["python9.10", "9.10.1"],
    ]);
  });

  it("are left out when they do not answer", async () => {
    program("bin/python9.8", "no", "idea");
    program("bin/python-config", "cpython", "9.0.0", "/prefix", "/nowhere");

    expect(await found()).to.deep.equal([]);
  });

  it("are too old before 3.7", async () => {
    interpreter("bin/python2.7", "2.7.18");
    interpreter("bin/python3.6", "3.6.15");
    interpreter("bin/python3.7", "3.7.0");

    expect((await found()).map(isTooOld)).to.deep.equal([true, true, false]);
  });

  it("go by a name where pyenv has exactly one of that name", () => {
    interpreter("pyenv/versions/9.9/bin/python9.9", "9.9.2");
    program("pyenv/shims/python9.9");

    expect(interpreterFor("python9.9", environment())).to.equal(
      join(root, "pyenv/versions/9.9/bin/python9.9"),
    );
    expect(interpreterFor("python9.8", environment())).to.equal("python9.8");
    expect(interpreterFor("/x/python", environment())).to.equal("/x/python");
  });
});
