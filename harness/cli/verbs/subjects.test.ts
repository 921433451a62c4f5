import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { discoverInterpreters, isTooOld } from "../../adapters/python/discover";
import { folderFor, markInstalled } from "../../subjects/environment";
import { cli } from "../testing";
import { realSubjectsNamed } from "../subjects/real-subject";

describe("runner-conformance subjects", () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "subjects-"));
  });
  afterEach(() => {
    rmSync(cache, { recursive: true });
  });

  /** Makes the environment of a subject as if it had been installed; its interpreter only fails, unless one is given. */
  function pretend(name: string, interpreter?: string): void {
    for (const file of realSubjectsNamed([name])) {
      const folder = folderFor(file, cache);
      mkdirSync(folder, { recursive: true });
      const python = interpreter ?? join(folder, "python");
      if (interpreter === undefined) {
        writeFileSync(python, "#!/bin/sh\necho 'no such library' >&2\nexit 1\n", { mode: 0o755 });
      }
      markInstalled({ folder, python });
    }
  }

  it("lists what there is", async () => {
    const { code, stdout } = await cli("subjects", "list", "--cache", cache);

    expect(code).to.equal(0);
    expect(stdout).to.match(/^uvloop +uvloop as the loop of/m);
  });

  it("lists what is installed", async () => {
    pretend("rloop");

    const { stdout } = await cli("subjects", "list", "--cache", cache);

    expect(stdout).to.match(/^rloop +installed/m);
  });

  it("asks for an installation before it judges", async () => {
    const { code, stderr } = await cli("subjects", "run", "uvloop", "--cache", cache);

    expect(code).to.equal(2);
    expect(stderr).to.match(/skipped uvloop: not installed; try .* subjects install uvloop/);
    expect(stderr).to.match(/expected a real subject that is installed in .*, got none/);
  });

  it("suggests the name that was meant", async () => {
    const { code, stderr } = await cli("subjects", "install", "uvlop", "--cache", cache);

    expect(code).to.equal(2);
    expect(stderr).to.match(/got "uvlop"; did you mean "uvloop"\?/);
  });

  it("goes on when one of them does not start", async () => {
    pretend("rloop");
    pretend("uvloop");

    const { code, stdout } = await cli(
      ...["subjects", "run", "rloop", "uvloop", "--cache", cache],
      ...["--requirement", "result.run-returns-the-object"],
    );

    expect(code).to.equal(3);
    expect(stdout).to.match(/^rloop .*not judged/m);
    expect(stdout).to.match(/^uvloop .*not judged/m);
    expect(stdout).to.include("no such library");
  });

  it("says in one line what cannot be imported, and goes on with the rest", async function () {
    this.timeout(60_000);
    const [python] = (await discoverInterpreters()).filter((it) => !isTooOld(it)).slice(-1);
    if (python === undefined) this.skip();
    pretend("zloop", python.path);
    pretend("cpython-3.13", python.path);

    const { code, stdout } = await cli(
      ...["subjects", "run", "zloop", "cpython-3.13", "--cache", cache],
      ...["--requirement", "result.run-returns-the-object"],
    );

    expect(code).to.equal(3);
    expect(stdout).to.match(/^zloop .*not judged/m);
    expect(stdout).to.match(
      /importing zloop failed with ModuleNotFoundError: No module named 'zloop'/,
    );
    expect(stdout).to.match(/^cpython-3\.13 .* 1\/1 /m);
  });

  it("says in one line that there is no network, and goes on with the rest", async function () {
    this.timeout(60_000);
    const offline = { NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/", NPM_CONFIG_FETCH_RETRIES: "0" };
    Object.assign(process.env, offline);
    try {
      const { code, stdout } = await cli(
        ...["subjects", "install", "effect", skipped, "--cache", cache, "--jobs", "1"],
      );

      expect(code).to.equal(3);
      expect(stdout.split("\n")[0]).to.match(
        /^effect: skipped: the package registry cannot be reached; check the network and run this again; see /,
      );
      expect(stdout).to.match(new RegExp(`^${skipped}: skipped: exists on`, "m"));
    } finally {
      for (const name of Object.keys(offline)) Reflect.deleteProperty(process.env, name);
    }
  });

  const skipped = process.platform === "win32" ? "pygobject" : "winloop";
  it("says in one line what exists elsewhere only", async () => {
    const { code, stdout } = await cli("subjects", "install", skipped, "--cache", cache);

    expect(code).to.equal(3);
    expect(stdout).to.match(new RegExp(`^${skipped}: skipped: exists on \\w+ only, this is .*$`));
  });
});
