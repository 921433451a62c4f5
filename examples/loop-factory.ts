/* eslint-disable no-console */
import { createTask, EventLoop, run, sleep } from "../reference";
import type { Coroutine, Task, TaskOptions } from "../reference";

class CountingLoop extends EventLoop {
  tasks = 0;

  override createTask<Result>(coroutine: Coroutine<Result>, options?: TaskOptions): Task<Result> {
    this.tasks++;
    return super.createTask(coroutine, options);
  }

  override close(): void {
    if (!this.isClosed()) console.log("tasks made:", this.tasks);
    super.close();
  }
}

function* main(): Coroutine<void> {
  const child = createTask(sleep(0.01, "child's result"));
  console.log(yield* child);
}

void run(main(), { loopFactory: CountingLoop });
