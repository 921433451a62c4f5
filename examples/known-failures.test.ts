import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { cli, fixture } from "../harness/cli/testing";

const file = join(__dirname, "known-failures.yaml");
const subject = `python:python3?path=${fixture("")}&run=forgets_the_result:run&runner=none`;
const few =
  "result.run-returns-the-object,argument.futures-refused,interrupt.swallowed-gives-the-value";
const gate = (expectations: string) =>
  cli(
    ...["run", `${subject}&editions=3.10`, "--requirement", few],
    ...["--expectations", expectations],
  );

describe("the annotated file of expectations", () => {
  it("has no mistakes", async () => {
    const { code, stdout } = await cli("baseline", "lint", file);

    expect(stdout).to.match(/known-failures\.yaml: 3 expectations, no mistakes$/);
    expect(code).to.equal(0);
  });

  it("makes the gate of what it speaks about green", async () => {
    const { code, stdout } = await gate(file);

    expect(stdout).to.match(/expected \(\d+\)\n {2}result\.run-returns-the-object fail: run\(\) /);
    expect(code).to.equal(0);
  });

  it("leaves it red without one of its entries", async () => {
    const folder = mkdtempSync(join(tmpdir(), "runner-conformance-known-"));
    const shorter = join(folder, "shorter.yaml");
    writeFileSync(shorter, readFileSync(file, "utf8").replace('"3.10", "3.11", "3.12"', '"3.12"'));

    const { code, stdout } = await gate(shorter);

    expect(stdout).to.match(/1\) argument\.futures-refused/);
    expect(code).to.equal(1);
    rmSync(folder, { recursive: true });
  });
}).timeout(60_000);
