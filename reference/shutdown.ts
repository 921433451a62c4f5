import type { Coroutine } from "./coroutine";
import type { Rules } from "./editions";
import type { EventLoop } from "./loop/event-loop";
import { gather } from "./tasks/gather";

/** What has to end before `loop` can be closed, in this order. close.steps-in-order */
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
  // executor.limit-is-five-minutes
  else if (executorLimit !== "abandon") yield* loop.shutdownDefaultExecutor(executorLimit);
}

/**
 * Cancels every task that is still pending, each once, and awaits them together. leftover-tasks.cancelled,
 * leftover-tasks.awaited, leftover-tasks.cancelled.together, leftover-tasks.cancelled.once
 */
async function cancelLeftovers(loop: EventLoop): Promise<void> {
  const leftovers = loop.pendingTasks.toArray();
  if (leftovers.length === 0) return;
  for (const task of leftovers) task.cancel();
  // leftover-tasks.errors.keep-the-outcome
  await loop.runUntilComplete(gather(leftovers, { returnExceptions: true }));
  for (const task of leftovers) {
    if (task.cancelled()) continue; // leftover-tasks.errors.cancellation-is-none
    const exception = task.exception();
    if (exception === null) continue;
    const message = "unhandled exception during asyncio.run() shutdown";
    loop.callExceptionHandler({ message, exception, task }); // leftover-tasks.errors.reported
  }
}
