import { timersAtOnce, type Programs } from "./rows";

/** Plain async/await. */
export const programs: Programs = {
  "task-switch": async (count) => {
    for (let i = 0; i < count; i++) await Promise.resolve();
  },

  "spawn-join": async (count) => {
    for (let i = 0; i < count; i++) await nothing();
  },

  "future-wake-up": (count) => pingPong(count / 2),

  "timer-churn": async (count) => {
    for (let armed = 0; armed < count; armed += timersAtOnce) {
      const timers = Array.from({ length: timersAtOnce }, (_, i) =>
        setTimeout(tick, 60_000 + i * 1000),
      );
      for (const timer of timers) clearTimeout(timer);
      await Promise.resolve();
    }
  },

  "start-to-end": async (count) => {
    for (let i = 0; i < count; i++) await untilInterrupted(nothing);
  },

  "idle-task": async (count, look) => {
    const wakers: (() => void)[] = [];
    const tasks = Array.from({ length: count }, () => waitForever(wakers));
    await Promise.resolve();
    look();
    for (const wake of wakers) wake();
    await Promise.all(tasks);
  },
};

// eslint-disable-next-line @typescript-eslint/require-await
async function nothing(): Promise<void> {
  return;
}

/** Whoever might wake it is in `wakers`; without anybody it would be garbage at once. */
async function waitForever(wakers: (() => void)[]): Promise<void> {
  await new Promise<void>((resolve) => wakers.push(resolve));
}

/** The least that `run()` does: a main that hears of Ctrl-C. */
async function untilInterrupted(main: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  process.on("SIGINT", abort);
  try {
    await main(controller.signal);
  } finally {
    process.off("SIGINT", abort);
  }
}

interface Deferred {
  readonly promise: Promise<number>;
  readonly resolve: (value: number) => void;
}

function defer(): Deferred {
  let resolve: Deferred["resolve"] = () => undefined;
  const promise = new Promise<number>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function pingPong(rounds: number): Promise<void> {
  let ping = defer();
  let pong = defer();
  const partner = (async () => {
    for (let i = 0; i < rounds; i++) {
      await ping.promise;
      ping = defer();
      pong.resolve(i);
    }
  })();
  for (let i = 0; i < rounds; i++) {
    const answer = pong.promise;
    ping.resolve(i);
    await answer;
    pong = defer();
  }
  await partner;
}

function tick(): void {
  throw new Error("no timer is ever due");
}
