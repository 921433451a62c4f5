import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";

import { expect } from "chai";

import { isForeign } from "./descent";

describe("a process", () => {
  const started: ChildProcess[] = [];
  const start = (command: string, ...args: string[]) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    started.push(child);
    return child;
  };
  afterEach(() => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
  });

  it("is foreign to one that did not start it", function () {
    if (!existsSync("/proc/self/stat")) this.skip();
    const [one, other] = [start("sleep", "100"), start("sleep", "100")];

    expect(isForeign(Number(other.pid), Number(one.pid))).to.equal(true);
  });

  it("is not foreign to itself", () => {
    const { pid } = start("sleep", "100");

    expect(isForeign(Number(pid), Number(pid))).to.equal(false);
  });

  it("is not foreign to one that started it", async () => {
    const shell = start("sh", "-c", "sleep 100 & echo $!; wait");
    const pid = Number(await new Promise((resolve) => shell.stdout.once("data", resolve)));

    expect(isForeign(pid, Number(shell.pid))).to.equal(false);
    process.kill(pid);
  });

  it("is not said to be foreign when it is gone", async () => {
    const { pid } = start("sleep", "100");
    const gone = start("true");
    await new Promise((resolve) => gone.once("exit", resolve));

    expect(isForeign(Number(gone.pid), Number(pid))).to.equal(false);
  });

  for (const [who, pid] of Object.entries({
    init: 1,
    us: process.pid,
    "our parent": process.ppid,
  })) {
    it(`is foreign when it is ${who}`, () => {
      expect(isForeign(pid, pid)).to.equal(true);
    });
  }
});
