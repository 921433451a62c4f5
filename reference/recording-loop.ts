import type { Coroutine } from "./coroutine";
import type { EventLoop } from "./loop/event-loop";

/** How a recording loop behaves beside recording. */
export interface RecordingOptions {
  /** What methods, by asyncio's names, throw instead of doing their work; `close` closes first. */
  readonly fail?: Readonly<Record<string, Error>>;
  /** Seconds that `shutdownDefaultExecutor` hands on instead of what it was given. */
  readonly limit?: number;
}

/** One call of a public method, by asyncio's names. */
interface RecordedCall {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
}

/** A loop of class `Loop` that notes who shuts it down and how. */
export function recordingLoopOf(
  Loop: new () => EventLoop,
  { fail = {}, limit }: RecordingOptions,
): EventLoop & { readonly calls: readonly RecordedCall[] } {
  class RecordingLoop extends Loop {
    readonly calls: RecordedCall[] = [];

    override shutdownAsyncgens(...args: []): Coroutine<void> {
      this.note("shutdown_asyncgens", args);
      return super.shutdownAsyncgens();
    }

    override shutdownDefaultExecutor(...args: [timeout?: number | null]): Coroutine<void> {
      this.note("shutdown_default_executor", args);
      return super.shutdownDefaultExecutor(limit ?? args[0]);
    }

    override setDebug(...args: [enabled: boolean]): void {
      this.note("set_debug", args);
      super.setDebug(...args);
    }

    override stop(...args: []): void {
      this.note("stop", args);
      super.stop();
    }

    override close(...args: []): void {
      super.close();
      this.note("close", args);
    }

    private note(method: string, args: readonly unknown[]): void {
      this.calls.push({ method, args, kwargs: {} });
      if (fail[method] !== undefined) throw fail[method];
    }
  }
  return new RecordingLoop();
}
