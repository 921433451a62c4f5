import { spawn } from "node:child_process";
import { join } from "node:path";

import { pythonAdapter } from "../../harness/adapters/python/launch";
import { Adapter } from "../../harness/session/adapter";
import { Gates } from "../../harness/subject/gates";
import { Subject } from "../../harness/subject/subject";
import { inMicroseconds, median, print, python } from "./measure";

/** What an operation of the protocol costs, against a bare JSON ping-pong with the same interpreter: bar 1.5. */
const rounds = 15;
const perRound = 2000;

async function main(): Promise<void> {
  const [bare, ours] = [await barePingPong(), await throughTheHarness()];
  const times = { bare: [] as number[], ours: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.bare.push(await timed(bare.ask));
    times.ours.push(await timed(ours.ask));
  }
  await Promise.all([bare.stop(), ours.stop()]);
  const ratio = median(times.ours.map((time, i) => time / (times.bare[i] ?? time)));
  print(`bare JSON ping-pong  ${inMicroseconds(median(times.bare))} per round trip`);
  print(`harness operation    ${inMicroseconds(median(times.ours))} per round trip`);
  print(`ratio, median of ${rounds} pairs: ${ratio.toFixed(2)} (bar 1.50)`);
}

interface Asking {
  readonly ask: () => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (let i = 0; i < perRound; i++) await ask();
  return (performance.now() - begin) / perRound;
}

function barePingPong(): Promise<Asking> {
  const child = spawn(python, [join(__dirname, "echo.py")], { stdio: ["pipe", "pipe", "inherit"] });
  let answered: (value: unknown) => void = () => undefined;
  child.stdout.setEncoding("utf8").on("data", (line: string) => {
    answered(JSON.parse(line));
  });
  let n = 0;
  return Promise.resolve({
    ask: () =>
      new Promise((resolve) => {
        answered = resolve;
        child.stdin.write(`${JSON.stringify({ type: "call", op: "echo", n: n++ })}\n`);
      }),
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", resolve);
        child.stdin.end();
      }),
  });
}

async function throughTheHarness(): Promise<Asking> {
  const adapter = await Adapter.start(pythonAdapter(python));
  const session = await adapter.open();
  const subject = new Subject(session, { edition: "3.13", quietMs: 25, gates: new Gates() });
  const loop = await subject.newEventLoop();
  return {
    ask: () => loop.isClosed(),
    stop: async () => {
      await session.abandon();
      await adapter.stop();
    },
  };
}

void main();
