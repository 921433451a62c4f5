// Effection: an operation is a generator function; run() starts one and gives a task, which is a promise.
import { describe, load, newException, obey, versionOf } from "./puppets.mjs";

const { call, run, sleep } = await load("effection");

export default {
  name: "effection",
  version: versionOf("effection"),
  editions: ["3.11"],
  features: ["run"],
  puppets: {
    coroutine: (script) => () => obey(script, (awaited) => call(() => awaited)),
  },
  operations: {
    "asyncio.run": ({ args: [main] }) => run(main),
    "asyncio.sleep": ({ args: [seconds] }) => sleep(seconds * 1000),
    "exception.new": newException,
  },
  describe,
};
