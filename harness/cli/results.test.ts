import { readFileSync, readdirSync, symlinkSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { judgementOf } from "../judge/testing";
import { linesOf, recorded, smallSelection, temporaryFolder, written } from "../results/testing";
import { cli, fixture, spawnCli } from "./testing";

const id = "result.run-returns-the-object";
const quick = ["--requirement", id];
const forgetful = `python:python3?path=${fixture("")}&run=forgets_the_result:run`;

describe("results that are recorded", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const inside = (name: string) => join(folder(), name);

  it("are reported later as they were at once", async () => {
    const out = inside("new/results");
    const subjects = ["python:python3", forgetful, "python:/no/such/python"];

    const live = await cli("run", ...subjects, ...quick, "--out", out, "--json", inside("live"));
    const files = readdirSync(out).sort();
    const again = await cli("report", ...inRunOrder(out), "--json", inside("again"));

    expect(files).to.have.length(3);
    expect(timeless(again.stdout)).to.equal(timeless(live.stdout));
    expect([again.code, live.code]).to.deep.equal([3, 3]);
    const [one, other] = [inside("live"), inside("again")].map((it) => timelessJson(it));
    expect(other).to.deep.equal(one);
  });

  it("hold nothing of the environment", async () => {
    process.env["A_SECRET_OF_OURS"] = "s3cr3t-value";
    try {
      await cli("run", forgetful, ...quick, "--out", folder());
    } finally {
      delete process.env["A_SECRET_OF_OURS"];
    }

    const [text = ""] = readdirSync(folder()).map((name) => readFileSync(inside(name), "utf8"));
    expect(text).to.include('"transcript":[{');
    expect(text).not.to.match(/s3cr3t|A_SECRET_OF_OURS/);
    expect(text).not.to.include(process.env["PATH"]);
  });

  it("say the same when they were shared", async () => {
    const family = ["run", "python:python3", "--family", "result"];
    const whole = await cli(...family);
    for (const shard of ["1/2", "2/2"]) {
      const { stdout } = await cli(...family, "--shard", shard, "--out", inside("shares"));
      expect(stdout).to.match(/: of the selected requirements of /);
    }

    const merging = await cli("merge", inside("shares"), "--out", inside("whole.ndjson"));
    const { stdout, code } = await cli("report", inside("whole.ndjson"));

    expect([merging.code, merging.stdout]).to.deep.equal([0, ""]);
    expect(merging.stderr).to.match(/^merged 2 result files into .*whole\.ndjson$/);
    expect([timeless(stdout), code]).to.deep.equal([timeless(whole.stdout), whole.code]);
  });

  it("survive the worst end", async () => {
    const path = inside("python-python3.ndjson");
    const watcher = watch(folder());

    const all = ["run", "python:python3", "--jobs", "1", "--out", folder()];
    const { code } = await spawnCli(all, {
      onStart: (pid) => {
        watcher.on("change", () => {
          if (readFileSync(path, "utf8").split("\n").length > 3) process.kill(pid, "SIGKILL");
        });
      },
    });
    watcher.close();
    const report = await cli("report", folder());

    expect(code).to.equal(null);
    expect(report.stdout).to.match(/not run \(\d+\), the result file has no end/);
    expect(report.stdout).to.match(/this report is incomplete$/);
    expect(report.code).to.equal(130);
  });

  it("cost nothing but themselves when the disk is full", async function () {
    if (process.platform !== "linux") this.skip();
    symlinkSync("/dev/full", inside("python-python3.ndjson"));

    const { code, stdout, stderr } = await cli(
      ...["run", "python:python3", "reference", ...quick, "--out", folder()],
    );

    expect(stdout).to.match(/python:python3 .* 1\/1 .*\nreference .* 1\/1 /);
    expect(stderr.match(/ENOSPC/g)).to.have.length(1);
    expect(code).to.equal(2);
    expect((await cli("report", inside("reference.ndjson"))).code).to.equal(0);
  });

  it("are judged to the end when the report cannot be written", async function () {
    if (process.platform !== "linux") this.skip();

    const { code, stdout, stderr } = await cli(
      ...["run", "python:python3", ...quick, "--json", "/dev/full"],
    );

    expect(stdout).to.match(/python:python3 .* 1\/1 /);
    expect(stderr).to.match(/expected to write "\/dev\/full", got ENOSPC/);
    expect(code).to.equal(2);
  });

  it("of two hundred subjects make one report", async () => {
    for (let number = 1; number <= 200; number += 1) {
      recorded(folder(), { subject: `python:python${number}`, selection: smallSelection() });
    }

    const { code, stdout } = await cli("report", folder());

    const rows = stdout.match(/^python:python\d+ +Fake/gm);
    expect(rows).to.have.length(200);
    expect(rows?.at(-1)).to.match(/python200/);
    expect(code).to.equal(0);
  });

  it("can be reported on stdout as JSON", async () => {
    recorded(folder(), { selection: smallSelection() });

    const { stdout } = await cli("report", folder(), "--json", "-");

    expect((JSON.parse(stdout) as { subjects: unknown[] }).subjects).to.have.length(1);
  });

  /** The files of a folder in the order their subjects were named. */
  const inRunOrder = (out: string): readonly string[] =>
    ["python-python3.ndjson", "python-python3-path", "python-no-such"].map((start) => {
      const name = readdirSync(out).find((it) => it.startsWith(start));
      return join(out, name ?? "missing");
    });
});

describe("runner-conformance diff", function () {
  const folder = temporaryFolder();
  const inside = (name: string) => join(folder(), name);
  const selection = smallSelection();
  const passing = (name: string) => recorded(folder(), { selection, subject: name }).path;
  const failing = (name: string) =>
    recorded(folder(), {
      ...{ selection, subject: name },
      judge: () => judgementOf("fail", "expected 1, got 2"),
    }).path;

  it("fails on regressions and not on fixes", async () => {
    const [good, bad] = [passing("good"), failing("bad")];

    const worse = await cli("diff", good, bad, "--json", inside("worse.json"));
    const better = await cli("diff", bad, good);

    expect(worse.stdout).to.match(/\n4 tests compared: 4 regressions$/);
    expect(better.stdout).to.match(/\n4 tests compared: 4 fixes$/);
    expect([worse.code, better.code]).to.deep.equal([1, 0]);
    const json = JSON.parse(readFileSync(inside("worse.json"), "utf8")) as {
      comparisons: { notes: string[]; regressions: unknown[] }[];
    };
    expect(json.comparisons[0]?.regressions).to.have.length(4);
    expect(json.comparisons[0]?.notes).to.deep.equal(["these are two subjects"]);
  });

  it("leaves stdout to the JSON when that goes there", async () => {
    const good = passing("good");

    const { stdout, code } = await cli("diff", good, good, "--json", "-");

    expect((JSON.parse(stdout) as { diffVersion: number }).diffVersion).to.equal(1);
    expect(code).to.equal(0);
  });

  it("tells that nothing can be compared", async () => {
    const nothing = recorded(folder(), { selection, subject: "bare", judge: () => undefined });
    const dead = recorded(folder(), {
      ...{ selection, subject: "dead", judge: () => undefined, stopped: "subject-unusable" },
      error: { code: "died", message: "it died", stderr: "" },
    });

    expect((await cli("diff", passing("good"), nothing.path)).code).to.equal(5);
    expect((await cli("diff", passing("good"), dead.path)).code).to.equal(3);
  });
});

describe("a result file that is none", () => {
  const folder = temporaryFolder();
  const inside = (name: string) => join(folder(), name);

  const mistakes: Record<string, { args: () => readonly string[]; says: RegExp }> = {
    "a report of something else": {
      args: () => ["report", written(folder(), "it.json", '{"schemaVersion": 1, "tool": {}}')],
      says: /expected a result file, got .*it\.json, which is a report that --json wrote; name a file that run --out wrote/,
    },
    "a report of a file that does not exist": {
      args: () => ["report", "/no/such/file"],
      says: /expected a result file or a folder of them, got "\/no\/such\/file", which does not exist/,
    },
    "a report of nothing": { args: () => ["report"], says: /missing required argument 'results'/ },
    "a merge without a place to go": {
      args: () => ["merge", folder()],
      says: /required option '--out <file>' not specified/,
    },
    "a merge into a folder that does not exist": {
      args: () => ["merge", folder(), "--out", "/no/such/folder/it"],
      says: /expected a file to write after --out, got .*: there is no folder/,
    },
    "a merge of a test with itself": {
      args: () => {
        const text = `${linesOf(folder()).join("\n")}\n`;
        const [one, other] = ["a", "b"].map((name) => written(folder(), name, text));
        return ["merge", one ?? "", other ?? "", "--out", inside("it")];
      },
      says: /expected each test in one file, got "result\..*" in .*; leave one of them out/,
    },
    "a share that is none": {
      args: () => ["run", "python:python3", "--shard", "4/3"],
      says: /expected a part of a whole after --shard, got "4\/3"; write for instance --shard 1\/3/,
    },
    "a share of nothing": {
      args: () => ["run", "python:python3", "--shard", "0/0"],
      says: /expected a part of a whole after --shard, got "0\/0"/,
    },
    "more shares than there is to share": {
      args: () => ["run", "python:python3", ...quick, "--shard", "1/2"],
      says: /expected no more shares than there are requirements with tests, 1, got --shard 1\/2/,
    },
    "results in a file": {
      args: () => {
        writeFileSync(inside("it"), "");
        return ["run", "python:python3", "--out", inside("it")];
      },
      says: /expected a folder to write to after --out, got .*: it is a file/,
    },
    "results below a file": {
      args: () => {
        writeFileSync(inside("it"), "");
        return ["run", "python:python3", "--out", inside("it/below")];
      },
      says: /expected a folder to write to after --out, got .*: (ENOTDIR|EEXIST)/,
    },
  };
  for (const [what, { args, says }] of Object.entries(mistakes)) {
    it(`is told of ${what}`, async () => {
      const { code, stdout, stderr } = await cli(...args());

      expect(stderr).to.match(says);
      expect([code, stdout]).to.deep.equal([2, ""]);
    });
  }
});

/** A report for people without what takes time. */
const timeless = (text: string): string =>
  text
    .replace(/ +\d+(\.\d)? s$/gm, "")
    .replace(/ *\d+ ms/g, "ms")
    .replace(/process \d+/g, "process")
    .replace(/ +$/gm, "");

const timelessJson = (file: string): unknown =>
  JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
    ["startedAt", "durationMs"].includes(key) ? undefined : value,
  );
