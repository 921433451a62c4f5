import { Deferred, Effect, Fiber, Layer, ManagedRuntime } from "effect";

import { timersAtOnce, type Programs } from "./rows";

/** npm effect. */
export const programs: Programs = {
  "task-switch": (count) =>
    Effect.runPromise(
      Effect.gen(function* () {
        for (let i = 0; i < count; i++) yield* Effect.yieldNow;
      }),
    ),

  "spawn-join": (count) =>
    Effect.runPromise(
      Effect.gen(function* () {
        for (let i = 0; i < count; i++) yield* Fiber.join(yield* Effect.forkChild(Effect.void));
      }),
    ),

  "future-wake-up": (count) => Effect.runPromise(pingPong(count / 2)),

  // It has no timers to arm and cancel but those of fibers that sleep.
  "timer-churn": (count) =>
    Effect.runPromise(
      Effect.gen(function* () {
        for (let armed = 0; armed < count; armed += timersAtOnce) {
          const sleepers: Fiber.Fiber<void>[] = [];
          for (let i = 0; i < timersAtOnce; i++) {
            sleepers.push(yield* Effect.forkChild(Effect.sleep(60_000 + i * 1000)));
          }
          yield* Effect.yieldNow;
          yield* Fiber.interruptAll(sleepers);
        }
      }),
    ),

  "start-to-end": async (count) => {
    for (let i = 0; i < count; i++) {
      const runtime = ManagedRuntime.make(Layer.empty);
      await runtime.runPromise(Effect.void);
      await runtime.dispose();
    }
  },

  "idle-task": (count, look) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const tasks: Fiber.Fiber<number>[] = [];
        for (let i = 0; i < count; i++) {
          tasks.push(yield* Effect.forkChild(Deferred.await(Deferred.makeUnsafe<number>())));
        }
        yield* Effect.yieldNow;
        look();
        yield* Fiber.interruptAll(tasks);
      }),
    ),
};

const pingPong = (rounds: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    let ping = Deferred.makeUnsafe<number>();
    let pong = Deferred.makeUnsafe<number>();
    const partner = yield* Effect.forkChild(
      Effect.gen(function* () {
        for (let i = 0; i < rounds; i++) {
          yield* Deferred.await(ping);
          ping = Deferred.makeUnsafe<number>();
          yield* Deferred.succeed(pong, i);
        }
      }),
    );
    for (let i = 0; i < rounds; i++) {
      const answer = pong;
      yield* Deferred.succeed(ping, i);
      yield* Deferred.await(answer);
      pong = Deferred.makeUnsafe<number>();
    }
    yield* Fiber.join(partner);
  });
