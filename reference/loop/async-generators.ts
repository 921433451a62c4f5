import type { Source } from "../async-generator";
import type { Coroutine } from "../coroutine";
import { isException } from "../errors";
import { gather } from "../tasks/gather";
import type { EventLoop } from "./event-loop";

/** The async generators of a loop that were begun and have not ended. */
export class AsyncGenerators {
  private readonly loop: EventLoop;
  private readonly open = new Set<Source<unknown>>();
  private shutdownCalled = false;

  constructor(loop: EventLoop) {
    this.loop = loop;
  }

  /** Remembers `source` until `end`; `abandon` closes it in a task of its own. */
  add(source: Source<unknown>): { end(): void; abandon(): void } {
    if (this.shutdownCalled) {
      const message = `async generator ${source.name} was begun after shutdownAsyncgens()`;
      process.emitWarning(message, "ResourceWarning");
    }
    this.open.add(source);
    return {
      end: () => this.open.delete(source),
      abandon: () => {
        if (!this.loop.isClosed()) this.loop.createTask(source.aclose());
      },
    };
  }

  /** Closes all of them, each once. async-generators.closed, async-generators.closed.each-once */
  *shutdown(): Coroutine<void> {
    this.shutdownCalled = true;
    if (this.open.size === 0) return;
    const closing = [...this.open];
    this.open.clear();
    const outcomes: unknown[] = yield* gather(
      closing.map((source) => source.aclose()),
      { returnExceptions: true },
    );
    outcomes.forEach((error, index) => {
      if (error !== undefined && isException(error)) this.report(error, closing[index]);
    });
  }

  // async-generators.errors.reported
  private report(exception: unknown, source: Source<unknown> | undefined): void {
    const message = `an error occurred during closing of async generator ${source?.name ?? ""}`;
    this.loop.callExceptionHandler({ message, exception, asyncgen: source?.generator() });
  }
}
