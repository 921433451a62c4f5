import type { Source } from "../async-generator";
import type { Coroutine } from "../coroutine";
import { isException } from "../errors";
import { gather } from "../tasks/gather";
import type { EventLoop } from "./event-loop";

/** The async generators of a loop that were begun and have not ended. */
export class AsyncGenerators {
  private readonly loop: EventLoop;
  /** Made for the first one: most loops never see any. */
  private open: Set<Source<unknown>> | null = null;
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
    const open = (this.open ??= new Set());
    open.add(source);
    return {
      end: () => open.delete(source),
      abandon: () => {
        if (!this.loop.isClosed()) this.loop.createTask(source.aclose());
      },
    };
  }

  isEmpty(): boolean {
    return this.open === null || this.open.size === 0;
  }

  /** Closes all of them, each once. async-generators.closed, async-generators.closed.each-once */
  *shutdown(): Coroutine<void> {
    this.shutdownCalled = true;
    const closing = [...(this.open ?? [])];
    if (closing.length === 0) return;
    this.open?.clear();
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
