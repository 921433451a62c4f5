import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect } from "chai";
import ts from "typescript";

import { packageRoot } from "../../adapters/package-root";
import { cli } from "../../cli/testing";
import { loadSuite } from "../../judge/load-suite";
import { reproduction } from "../reproduction";

const fixtures = join(__dirname, "../fixtures");

/** Translates the reference into a folder, so that no script has to do that for itself; gives its description. */
function translateReference(folder: string): string {
  const sources = readdirSync(join(packageRoot(), "reference"), { recursive: true }).map(String);
  const wanted = sources.filter((name) => name.endsWith(".ts") && !/test(ing)?\.ts$/.test(name));
  for (const name of ["spec/editions.ts", ...wanted.map((name) => join("reference", name))]) {
    const source = readFileSync(join(packageRoot(), name), "utf8");
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
    });
    const path = join(folder, name.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputText);
  }
  // Where the reference looks for its native part.
  writeFileSync(join(folder, "package.json"), "{}");
  return join(folder, "reference/conformance-subject.js");
}

/** What plain Node makes of a script. */
function run(file: string) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [file], {
    encoding: "utf8",
  });
  return { status, signal, stdout, stderr };
}

/** What is wrong, the requirement that breaks, and what a script says of it. */
const failures: readonly (readonly [string, string, RegExp])[] = [
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
  let translated: string;
  let reference: string;
  let folder: string;
  let file: string;

  before(() => {
    translated = mkdtempSync(join(tmpdir(), "runner-conformance-reference-"));
    reference = translateReference(translated);
  });
  after(() => {
    rmSync(translated, { recursive: true });
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-conformance-repro-"));
    file = join(folder, "repro.mjs");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A module that describes the reference with something wrong. */
  function brokenReference(what: string): string {
    const lines = [
      `import reference from ${JSON.stringify(reference)};`,
      `import { ${what} } from ${JSON.stringify(join(fixtures, "broken-operations.mjs"))};`,
      "export default (edition) => {",
      "  const whole = reference.default(edition);",
      `  return { ...whole, operations: { ...whole.operations, ...${what}(whole.operations) } };`,
      "};",
    ];
    return moduleOf("broken.mjs", lines);
  }

  /** A module that describes a runner of the fixtures. */
  const fixture = (name: string): string =>
    moduleOf(`${name}.mjs`, [
      `import { described } from ${JSON.stringify(join(fixtures, "broken.mjs"))};`,
      `export default described("${name}");`,
    ]);

  function moduleOf(name: string, lines: readonly string[]): string {
    const module = join(folder, name);
    writeFileSync(module, lines.join("\n"));
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

  it("writes a script for a module of TypeScript", async () => {
    const module = moduleOf("forgetful.ts", [
      `const { described } = require(${JSON.stringify(join(fixtures, "broken.mjs"))});`,
      'const name: string = "forgetful";',
      "export default () => described(name);",
    ]);
    const requirement = "result.run-returns-the-object";
    await cli("repro", requirement, `node:${module}`, ...unverified());

    const { status, stdout } = run(file);
    expect(stdout).to.match(/^seen: +null\nexpected: Thing #1\nthis is the failure\n$/);
    expect(status).to.equal(1);
  });

  it("says in which environment it was seen", () => {
    const args = [join("adapters", "node", "adapter.js"), "/mine.mjs"].map((arg) => `/${arg}`);
    const command = { command: "node", args, env: { MINE: "it's" } };
    const [test] = loadSuite();
    if (test === undefined) throw new Error("expected a suite with tests");
    const verdict = { outcome: "fail", message: "expected more" } as const;

    const { source, env } = reproduction(
      { name: "mine", command },
      { test, verdict, transcript: [] },
    );

    expect(source).to.include("\n * Run it:   MINE='it'\\''s' node repro.mjs\n");
    expect(env).to.deep.equal({ MINE: "it's" });
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
