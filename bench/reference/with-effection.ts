import { action, createScope, run, sleep, spawn, suspend, withResolvers } from "effection";
import type { Operation, Task } from "effection";

import { timersAtOnce, type Programs } from "./rows";

/** npm effection. */
export const programs: Programs = {
  // Its sleep(0) waits for a timer of Node, a thousand times as long; this is the quickest way to give way.
  "task-switch": (count) =>
    run(function* () {
      for (let i = 0; i < count; i++) yield* giveWay();
    }),

  "spawn-join": (count) =>
    run(function* () {
      for (let i = 0; i < count; i++) yield* yield* spawn(nothing);
    }),

  "future-wake-up": (count) => run(() => pingPong(count / 2)),

  // It has no timers to arm and cancel but those of tasks that sleep.
  "timer-churn": (count) =>
    run(function* () {
      for (let armed = 0; armed < count; armed += timersAtOnce) {
        const sleepers: Task<void>[] = [];
        for (let i = 0; i < timersAtOnce; i++) {
          sleepers.push(yield* spawn(() => sleep(60_000 + i * 1000)));
        }
        yield* giveWay();
        for (const sleeper of sleepers) yield* sleeper.halt();
      }
    }),

  "start-to-end": async (count) => {
    for (let i = 0; i < count; i++) {
      const [scope, destroy] = createScope();
      await scope.run(nothing);
      await destroy();
    }
  },

  "idle-task": (count, look) =>
    run(function* () {
      const tasks: Task<void>[] = [];
      for (let i = 0; i < count; i++) tasks.push(yield* spawn(suspend));
      yield* giveWay();
      look();
      for (const task of tasks) yield* task.halt();
    }),
};

// eslint-disable-next-line require-yield
function* nothing(): Operation<void> {
  return;
}

const giveWay = (): Operation<void> =>
  action((resolve) => {
    resolve();
    return () => undefined;
  });

function* pingPong(rounds: number): Operation<void> {
  let ping = withResolvers<number>();
  let pong = withResolvers<number>();
  const partner = yield* spawn(function* () {
    for (let i = 0; i < rounds; i++) {
      yield* ping.operation;
      ping = withResolvers();
      pong.resolve(i);
    }
  });
  for (let i = 0; i < rounds; i++) {
    const answer = pong.operation;
    ping.resolve(i);
    yield* answer;
    pong = withResolvers();
  }
  yield* partner;
}
