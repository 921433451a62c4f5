import { spawnSync } from "node:child_process";

import { expect } from "chai";

import { Adapter } from "./adapter";
import { expectGone, good, thatDoes } from "./fixtures/adapters";
import { terminateAll } from "./living";
import { AdapterProcess } from "./process";
import { signal } from "./signals";
import { deferred } from "./waiting";

/** A process that has said its first line, and how it will end. */
async function started(script: string) {
  const spoke = deferred<undefined>();
  const ended = deferred<unknown>();
  const listener = {
    line: () => {
      spoke.resolve(undefined);
    },
    fault: () => undefined,
    ended: ended.resolve,
  };
  const process = await AdapterProcess.start(thatDoes(script), { listener });
  await spoke.promise;
  return { process, ended: ended.promise };
}

const stubborn = "process.on('SIGTERM', () => undefined); liveOn(); process.stdin.resume()";

describe("a process", () => {
  const leavers = {
    "leaves when its stdin ends": ["answer({})", { code: 0, signal: null }],
    "leaves at SIGTERM": ["liveOn()", { code: null, signal: "SIGTERM" }],
    "ignores the end of stdin and SIGTERM": [stubborn, { code: null, signal: "SIGKILL" }],
    "leaves a grandchild that keeps the pipes": [
      "grandchild(); answer({})",
      // Node waits for its child; the group is told to go.
      { code: null, signal: "SIGTERM" },
    ],
    "leaves a grandchild that is stubborn too": [
      "grandchild().unref(); process.on('SIGTERM', () => process.exit(0)); liveOn()",
      { code: 0, signal: null },
    ],
  } as const;
  for (const [does, [script, end]] of Object.entries(leavers)) {
    it(`is gone after it was let go: one that ${does}`, async () => {
      const { process, ended } = await started(`${script}; say('ready')`);

      await process.retire(300);

      expect(await ended).to.deep.equal(end);
      await expectGone(-process.pid);
    });
  }

  it("whose leader died does not leave its group behind", async () => {
    const { process, ended } = await started("grandchild(); say('ready'); process.exit(0)");

    expect(await ended).to.deep.equal({ code: 0, signal: null });
    await process.terminate();
    await expectGone(-process.pid);
  });

  it("is gone after the harness ended all of them", async () => {
    const first = await Adapter.start(good("shared"));
    const second = await Adapter.start(good("fork"));
    const pids = [(await first.open()).pid, (await second.open()).pid];

    await terminateAll();

    for (const pid of pids) await expectGone(pid);
  });

  it("does not survive a harness that exits without a word", async () => {
    const script = `
      const { AdapterProcess } = require("./harness/session/process");
      const { thatDoes } = require("./harness/session/fixtures/adapters");
      const listener = { line: () => { console.log(started.pid); process.exit(0); }, fault() {}, ended() {} };
      let started;
      AdapterProcess.start(thatDoes(${JSON.stringify(`${stubborn}; grandchild(); say('ready')`)}), { listener })
        .then((child) => { started = child; });`;

    const { stdout } = spawnSync(
      process.execPath,
      ["--require", "ts-node/register/transpile-only", "-e", script],
      { encoding: "utf8" },
    );

    const pid = Number(stdout);
    expect(pid).to.be.greaterThan(1);
    await expectGone(-pid);
  });

  it("may make its own group", async () => {
    const { command, args } = good("fork");
    const leading = ["-c", "import os, sys; os.setpgid(0, 0); os.execv(sys.argv[1], sys.argv[1:])"];
    const adapter = await Adapter.start({
      command: "python3",
      args: [...leading, command, ...args],
      leadsOwnGroup: true,
    });
    const { pid } = await adapter.open();

    await adapter.stop();

    await expectGone(pid);
  });

  it("that was to make its own group and did not is started in one", async () => {
    const adapter = await Adapter.start({ ...good("shared"), leadsOwnGroup: true });
    const { pid } = await adapter.open();

    expect(signal(-pid, 0)).to.equal(true);

    await adapter.stop();
    await expectGone(-pid);
  });

  it("can be mirrored", async () => {
    const mirrored: string[] = [];
    const mirror = {
      write: (chunk: Buffer) => mirrored.push(chunk.toString()) > 0,
    } as unknown as NodeJS.WritableStream;
    const ended = deferred<unknown>();
    const listener = { line: () => undefined, fault: () => undefined, ended: ended.resolve };

    await AdapterProcess.start(thatDoes("console.error('to see')"), { listener, mirror });
    await ended.promise;

    expect(mirrored).to.deep.equal(["to see\n"]);
  });
});
