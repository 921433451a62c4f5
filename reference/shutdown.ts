import type { Coroutine } from "./coroutine";
import type { Rules } from "./editions";
import type { EventLoop } from "./loop/event-loop";
import { gather } from "./tasks/gather";

/** What has to end before `loop` can be closed, in this order. CLS-08 */
export async function shutDown(
  loop: EventLoop,
  executorLimit: Rules["executorLimit"],
): Promise<void> {
  await cancelLeftovers(loop);
  await loop.runUntilComplete(closeResources(loop, executorLimit)); // one run: each costs a turn of Node's loop
}

function* closeResources(loop: EventLoop, executorLimit: Rules["executorLimit"]): Coroutine<void> {
  yield* loop.shutdownAsyncgens();
  if (executorLimit === "unlimited") yield* loop.shutdownDefaultExecutor();
  else if (executorLimit !== "abandon") yield* loop.shutdownDefaultExecutor(executorLimit); // EXEC-06
}

/** Cancels every task that is still pending, each once, and awaits them together. TASK-01, TASK-02, TASK-03, TASK-04 */
async function cancelLeftovers(loop: EventLoop): Promise<void> {
  const leftovers = loop.pendingTasks.toArray();
  if (leftovers.length === 0) return;
  for (const task of leftovers) task.cancel();
  await loop.runUntilComplete(gather(leftovers, { returnExceptions: true })); // TASK-06
  for (const task of leftovers) {
    if (task.cancelled()) continue; // TASK-08
    const exception = task.exception();
    if (exception === null) continue;
    const message = "unhandled exception during asyncio.run() shutdown";
    loop.callExceptionHandler({ message, exception, task }); // TASK-05
  }
}
