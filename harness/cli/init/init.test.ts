import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { parse } from "yaml";

import { packageRoot } from "../../adapters/package-root";
import { configuredSubjects } from "../subjects/config";
import { cli, fixture } from "../testing";

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const requirement = "result.run-returns-the-object";

describe("runner-conformance init", function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "init-"));
    onPath("npx", npx);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const onPath = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  };
  const bash = (script: string, env: Readonly<Record<string, string>>) =>
    spawnSync("bash", ["-e", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        ...{ PATH: `${folder}:${process.env["PATH"] ?? ""}` },
        ...{ RUNNER_TEMP: folder, GITHUB_OUTPUT: join(folder, "output") },
        ...{ GITHUB_STEP_SUMMARY: join(folder, "summary.md") },
        ...env,
      },
    });

  it("writes a configuration, expectations and a workflow that judges with them", async () => {
    const { code, stdout } = await cli(
      "init",
      "python:python3",
      "--folder",
      folder,
      "--name",
      "ours",
    );

    expect(stdout).to.include("wrote .github/workflows/runner-conformance.yml");
    expect(code).to.equal(0);
    expect(
      configuredSubjects(join(folder, "runner-conformance.config.yaml")).map((it) => it.name),
    ).to.deep.equal(["ours"]);
    const { jobs } = parse(read(".github/workflows/runner-conformance.yml")) as {
      readonly jobs: { readonly judge: { readonly steps: readonly Step[] } };
    };
    const judge = jobs.judge.steps.find(({ name }) => name === "Judge")?.run ?? "";
    const ended = bash(judge.replace(" --out", ` --requirement ${requirement} --out`), {});
    expect(ended.status, ended.stderr).to.equal(0);
    expect(read("summary.md")).to.include("ours");
    expect(existsSync(join(folder, "conformance-results/report.html"))).to.equal(true);
  });

  it("overwrites nothing", async () => {
    await cli("init", "python:python3", "--folder", folder);
    const { code, stderr } = await cli("init", "python:python3", "--folder", folder);

    expect(stderr).to.include("expected a project without runner-conformance.config.yaml");
    expect(code).to.equal(2);
  });

  it("knows what a subject is", async () => {
    const { code, stderr } = await cli("init", "pithon:python3", "--folder", folder);

    expect(stderr).to.match(/expected .*"?pithon/);
    expect(code).to.equal(2);
    expect(existsSync(join(folder, "runner-conformance.config.yaml"))).to.equal(false);
  });

  describe("the action", () => {
    const { runs } = parse(readFileSync(join(packageRoot(), "action.yml"), "utf8")) as {
      readonly runs: { readonly steps: readonly Step[] };
    };
    const [{ run = "", env = {} } = {}] = runs.steps;

    it("takes its inputs from the environment, where they cannot become commands", () => {
      expect(run).not.to.include("${{");
      expect(Object.keys(env)).to.deep.equal(["SUBJECTS", "ARGUMENTS", "VERSION"]);
    });

    it("ends like the run, and shows what failed", () => {
      const forgetful = `python:python3?path=${fixture("")}&run=forgets_the_result:run`;
      const ended = bash(run, {
        ...{ SUBJECTS: `python:python3\n${forgetful}\n`, VERSION: "latest" },
        ARGUMENTS: `--requirement ${requirement} --jobs 1`,
      });

      expect(ended.status, ended.stderr).to.equal(1);
      expect(ended.stdout).to.match(/^::error /m);
      expect(read("summary.md")).to.include("forgets_the_result");
      expect(read("output")).to.include("folder=");
      expect(read("runner-conformance/junit.xml")).to.include("<testsuites");
    });
  });
});

/** Runs this package instead of fetching it. */
const npx = `#!/usr/bin/env bash
while [[ "$1" != run ]]; do shift; done
export TS_NODE_PROJECT="${join(packageRoot(), "tsconfig.json")}"
exec "${process.execPath}" --require "${require.resolve("ts-node/register/transpile-only")}" \
  "${join(__dirname, "../main.ts")}" "$@"
`;
