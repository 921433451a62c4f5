import { spawn } from "node:child_process";
import { join } from "node:path";

import { packageRoot } from "../../harness/adapters/package-root";
import { pythonAdapter } from "../../harness/adapters/python/launch";
import { Adapter } from "../../harness/session/adapter";
import type { Session } from "../../harness/session/session";
import { Gates } from "../../harness/subject/gates";
import type { RemoteLoop } from "../../harness/subject/objects";
import { Subject } from "../../harness/subject/subject";
import { inMicroseconds, median, print, python } from "./measure";

/** What an operation of the protocol costs, against a bare JSON ping-pong with the same interpreter: bar 1.5. */
const rounds = 15;
const perRound = 500;

async function main(): Promise<void> {
  const [bare, ours] = [await barePingPong(), await throughTheHarness()];
  const times = { bare: [] as number[], ours: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await ours.renew?.();
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
  readonly renew?: () => Promise<void>;
  readonly ask: () => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (let i = 0; i < perRound; i++) await ask();
  return (performance.now() - begin) / perRound;
}

function barePingPong(): Promise<Asking> {
  const child = spawn(python, [join(packageRoot(), "bench/suite/echo.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
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
  let session = await adapter.open();
  let loop = await newLoop(session);
  return {
    // A session keeps its transcript, so that one that goes on for ever measures the garbage collector.
    renew: async () => {
      await session.close();
      session = await adapter.open();
      loop = await newLoop(session);
    },
    ask: () => loop.isClosed(),
    stop: async () => {
      await session.abandon();
      await adapter.stop();
    },
  };
}

const newLoop = (session: Session): Promise<RemoteLoop> =>
  new Subject(session, { edition: "3.13", quietMs: 25, gates: new Gates() }).newEventLoop();

void main();
