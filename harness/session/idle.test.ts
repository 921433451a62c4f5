import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { expect } from "chai";

import { idle } from "./idle";

/** Prints a line every 5 ms and never looks at its event loop, until its file is there; then it waits for input. */
const busyUntil = `
  const fs = require("node:fs");
  for (let next = 0; !fs.existsSync(process.argv[1]); ) {
    if (performance.now() < next) continue;
    fs.writeSync(1, "busy\\n");
    next = performance.now() + 5;
  }
  process.stdin.resume();
`;

describe("waiting for an idle loop", () => {
  let folder: string;
  let child: ChildProcess;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "idle-"));
  });
  afterEach(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  it("goes on while the process is busy or wants to be", async function () {
    if (process.platform !== "linux") this.skip();
    const file = join(folder, "enough");
    child = spawn(process.execPath, ["-e", busyUntil, file], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    await once(lines, "line");

    let settled = false;
    const waiting = idle(child.pid ?? 0).then(() => {
      settled = true;
    });
    for (let line = 0; line < 20; line++) await once(lines, "line");
    expect(settled, "settled").to.equal(false);

    writeFileSync(file, "");
    await waiting;
  });
});
