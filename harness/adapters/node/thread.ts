import { workerData } from "node:worker_threads";

import { load } from "./load";
import { runAsync } from "./scripts";
import { SessionWorld } from "./session-world";
import type { ThreadOrder, ThreadResult } from "./threads";
import { Wire } from "./wire";

/** A thread of a session: runs one function puppet and tells how it ended. */
const order = workerData as ThreadOrder;

async function main(): Promise<ThreadResult> {
  const implementation = await load(order.module, order.edition);
  const world = new SessionWorld(implementation, new Wire(order.memory), order);
  world.begin(order.firstRef);
  try {
    const value = await runAsync(world.scripts.script(order.puppet), []);
    return { returned: world.values.encode(value) };
  } catch (error) {
    return { raised: world.values.exception(error) };
  }
}

void main().then((result) => {
  order.port.postMessage(result);
  Atomics.store(order.done, 0, 1);
  Atomics.notify(order.done, 0);
});
