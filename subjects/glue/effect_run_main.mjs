// Effect's runMain is made for a whole program: it handles SIGINT and ends the process. Its teardown, which decides how,
// is ours here and takes the exit instead: 130, an interrupted program, is asyncio's KeyboardInterrupt.
import { describe, load, newException, obey, versionOf } from "./puppets.mjs";

const { Cause, Effect, Exit } = await load("effect");
const { runMain } = await load("@effect/platform-node/NodeRuntime");

const run = (main) =>
  new Promise((resolve, reject) => {
    const teardown = (exit) => {
      if (Exit.isSuccess(exit)) resolve(exit.value);
      else reject(Cause.hasInterruptsOnly(exit.cause) ? interrupted() : Cause.squash(exit.cause));
    };
    runMain(main, { disableErrorReporting: true, teardown });
  });

const interrupted = () => newException({ args: ["KeyboardInterrupt", ""] });

const wait = (awaited) =>
  Effect.isEffect(awaited)
    ? awaited
    : Effect.tryPromise({ try: async () => awaited, catch: (error) => error });

export default {
  name: "@effect/platform-node",
  version: versionOf("@effect/platform-node"),
  editions: ["3.11"],
  features: ["run", "signals"],
  puppets: {
    coroutine: (script) => Effect.gen(() => obey(script, wait)),
  },
  operations: {
    "asyncio.run": ({ args: [main] }) => run(main),
    "asyncio.sleep": ({ args: [seconds] }) => Effect.sleep(seconds * 1000),
    "exception.new": newException,
  },
  describe,
};
