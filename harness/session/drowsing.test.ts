import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

import { expect } from "chai";

import { watchDrowsing } from "./drowsing";

/** A process that spins until it hears a line, then waits for its input to end. */
const program = `
import os, select, sys
os.write(1, b".")
while not select.select([0], [], [], 0)[0]: pass
os.read(0, 1)
os.read(0, 1)
`;

/** What is told first of a process once that has got so far. */
const toldOf = (child: ChildProcess): Promise<"slept" | "woke"> =>
  new Promise((resolve) => {
    const told = (what: "slept" | "woke") => () => {
      stop();
      resolve(what);
    };
    const stop = watchDrowsing(child.pid ?? 0, { slept: told("slept"), woke: told("woke") });
  });

describe("a process that is watched", function () {
  before(function () {
    if (process.platform !== "linux") this.skip();
  });
  let child: ChildProcess;
  afterEach(() => {
    child.kill("SIGKILL");
  });

  it("counts as working while it spins, and as asleep while it waits", async () => {
    child = spawn("python3", ["-c", program], { stdio: ["pipe", "pipe", "inherit"] });
    await once(child.stdout as NodeJS.ReadableStream, "data");

    expect(await toldOf(child)).to.equal("woke");
    child.stdin?.write(".");
    let told = await toldOf(child);
    // It may just have been working when it got the line.
    while (told === "woke") told = await toldOf(child);

    expect(told).to.equal("slept");
  });

  it("counts as working when nothing is known of it", async () => {
    child = spawn("true");
    await once(child, "exit");

    expect(await toldOf(child)).to.equal("woke");
  });
});
