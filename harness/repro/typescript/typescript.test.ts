import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import ts from "typescript";

import { packageRoot } from "../../adapters/package-root";
import { cli } from "../../cli/testing";
import type * as broken from "../fixtures/broken-operations";

const reference = join(packageRoot(), "reference/conformance-subject.ts");

/** What plain Node makes of a script. */
function run(file: string) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file], {
    encoding: "utf8",
  });
  return { status, signal, stdout, stderr };
}

/** What is wrong, the requirement that breaks, and what a script says of it. */
const failures: readonly (readonly [keyof typeof broken, string, RegExp])[] = [
  [
    "makesItsLoopAtOnce",
    "lazy-initialisation.constructor-makes-no-loop",
    /loopFactory starts\n.*asyncio\.Runner\(loopFactory: loopFactory\)/,
  ],
  ["keepsItsListener", "interrupt-handler.removed-after-return", /^seen: +Function #\d+$/m],
  ["ignoresNestedRuns", "running-loop.run-refused", /^seen: +null$/m],
  ["ignoresTheContext", "context.custom-is-read", /^seen: +\['nonce-\d'\]$/m],
];

describe("runner-conformance repro, for Node", function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-conformance-repro-"));
    file = join(folder, "repro.mjs");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A module that describes the reference with something wrong. */
  function brokenReference(what: string): string {
    const module = join(folder, "broken.ts");
    const fixtures = join(__dirname, "../fixtures/broken-operations");
    const lines = [
      `const { default: whole } = require(${JSON.stringify(reference)});`,
      `const { ${what} } = require(${JSON.stringify(fixtures)});`,
      `module.exports = (edition) => ${what}(whole(edition));`,
    ];
    writeFileSync(module, lines.join("\n"));
    return module;
  }

  /** A module that describes a runner of the fixtures. */
  function fixture(name: string): string {
    const module = join(folder, `${name}.mjs`);
    const fixtures = join(__dirname, "../fixtures/broken.mjs");
    writeFileSync(
      module,
      `import { described } from "${fixtures}";\nexport default described("${name}");\n`,
    );
    return module;
  }

  for (const [what, requirement, seen] of failures) {
    it(`writes a script that shows what ${what}, and no failure of the reference`, async () => {
      const module = brokenReference(what);
      const { code, stderr } = await cli("repro", requirement, `node:${module}`, "--out", file);
      expect(stderr).to.match(/\nthe script shows the failure$/);
      expect(code).to.equal(0);

      const shown = run(file);
      expect(shown.stdout).to.match(seen);
      expect(shown.stdout).to.match(/^expected: /m);
      expect(shown.stdout).to.match(/\nthis is the failure\n$/);
      expect(shown.status, shown.stderr).to.equal(1);

      writeFileSync(file, readFileSync(file, "utf8").replaceAll(module, reference));
      const sound = run(file);
      expect(sound.stdout).to.match(/\nthis is not the failure\n$/);
      expect(sound.status, sound.stderr).to.equal(0);
    });
  }

  it("writes a script for a module of JavaScript, which is TypeScript as well", async () => {
    const [module, sound] = [fixture("forgetful"), fixture("obedient")];
    const requirement = "result.run-returns-the-object";
    const { code } = await cli("repro", requirement, `node:${module}`, "--out", file);
    expect(code).to.equal(0);

    const shown = run(file);
    expect(shown.stdout).to.match(/^seen: +null\nexpected: Thing #1\nthis is the failure\n$/);
    expect(shown.status).to.equal(1);

    const script = readFileSync(file, "utf8");
    expect(ts.transpileModule(script, { reportDiagnostics: true }).diagnostics).to.deep.equal([]);
    writeFileSync(file, script.replaceAll(module, sound));
    expect(run(file).status).to.equal(0);
  });

  it("writes a script that hangs where the subject does, and says where", async () => {
    await cli(
      "repro",
      "result.run-returns-the-object",
      `node:${fixture("hanging")}`,
      ...unverified(),
    );

    const { status, stdout, stderr } = run(file);
    expect(stdout).to.match(/^expected: an end; if this hangs, the stack follows after 10 s$/m);
    expect(stderr).to.match(/^Timeout \(10 s\), in\n +at hanging \(file:.*broken\.mjs:\d+\)$/m);
    expect(status).to.equal(1);
  });

  it("writes a script that waits for ever where the subject does", async () => {
    await cli(
      "repro",
      "result.run-returns-the-object",
      `node:${fixture("waiting")}`,
      ...unverified(),
    );

    const { status, stderr } = run(file);
    expect(stderr).to.match(/^Timeout \(10 s\), while everybody waits$/m);
    expect(status).to.equal(1);
  });

  it("writes a script that crashes where the subject does", async () => {
    const requirement = "result.run-returns-the-object";
    const { code } = await cli("repro", requirement, `node:${fixture("dying")}`, "--out", file);

    expect(run(file).signal).to.equal("SIGKILL");
    expect(code).to.equal(0);
  });

  const unverified = () => ["--out", file, "--no-verify"];
});
