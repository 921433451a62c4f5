import {
  createTask,
  getRunningLoop,
  run,
  sleep,
  type Coroutine,
  type Future,
} from "../../reference";
import { timersAtOnce, type Programs } from "./rows";

export const programs: Programs = {
  "task-switch": (count) =>
    run(
      (function* () {
        for (let i = 0; i < count; i++) yield* sleep(0);
      })(),
    ),

  "spawn-join": (count) =>
    run(
      (function* () {
        for (let i = 0; i < count; i++) yield* createTask(nothing());
      })(),
    ),

  "future-wake-up": (count) => run(pingPong(count / 2)),

  "timer-churn": (count) =>
    run(
      (function* () {
        const loop = getRunningLoop();
        for (let armed = 0; armed < count; armed += timersAtOnce) {
          const timers = Array.from({ length: timersAtOnce }, (_, i) =>
            loop.callLater(60 + i, tick),
          );
          for (const timer of timers) timer.cancel();
          yield* sleep(0);
        }
      })(),
    ),

  "start-to-end": async (count) => {
    for (let i = 0; i < count; i++) await run(nothing());
  },

  "idle-task": (count, look) =>
    run(
      (function* () {
        const tasks = Array.from({ length: count }, () => createTask(waitForever()));
        yield* sleep(0);
        look();
        for (const task of tasks) task.cancel();
      })(),
    ),
};

// eslint-disable-next-line require-yield
function* nothing(): Coroutine<void> {
  return;
}

function* waitForever(): Coroutine<void> {
  yield* getRunningLoop().createFuture();
}

function* pingPong(rounds: number): Coroutine<void> {
  const loop = getRunningLoop();
  let ping = loop.createFuture<number>();
  let pong = loop.createFuture<number>();
  const partner = createTask(
    (function* (): Coroutine<void> {
      for (let i = 0; i < rounds; i++) {
        yield* ping;
        ping = loop.createFuture();
        pong.setResult(i);
      }
    })(),
  );
  for (let i = 0; i < rounds; i++) {
    const answer: Future<number> = pong;
    ping.setResult(i);
    yield* answer;
    pong = loop.createFuture();
  }
  yield* partner;
}

function tick(): void {
  throw new Error("no timer is ever due");
}
