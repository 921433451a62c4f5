// Effect: a coroutine is an Effect, run() is runPromise, and a ManagedRuntime is what comes nearest to a Runner.
import { describe, load, newException, obey, versionOf } from "./puppets.mjs";

// One by one: all of effect takes twice as long to load, and every session is a process of its own.
const Effect = await load("effect/Effect");
const Layer = await load("effect/Layer");
const ManagedRuntime = await load("effect/ManagedRuntime");

/** A ManagedRuntime is a plain object, which would travel as a value; an instance of a class has an identity. */
class Runner {
  runtime = ManagedRuntime.make(Layer.empty);
}

const wait = (awaited) =>
  Effect.isEffect(awaited)
    ? awaited
    : Effect.tryPromise({ try: async () => awaited, catch: (error) => error });

export default {
  name: "effect",
  version: versionOf("effect"),
  editions: ["3.11"],
  features: ["run", "runner"],
  puppets: {
    coroutine: (script) => Effect.gen(() => obey(script, wait)),
  },
  operations: {
    "asyncio.run": ({ args: [main] }) => Effect.runPromise(main),
    "asyncio.Runner": () => new Runner(),
    "runner.run": ({ on, args: [main] }) => on.runtime.runPromise(main),
    "runner.close": ({ on }) => on.runtime.dispose(),
    "asyncio.sleep": ({ args: [seconds] }) => Effect.sleep(seconds * 1000),
    "exception.new": newException,
  },
  kindOf: (object) => (object instanceof Runner ? "runner" : undefined),
  describe,
};
