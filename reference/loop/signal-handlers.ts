import type { EventLoop } from "./event-loop";

/** The signals a loop handles. */
export class SignalHandlers {
  private readonly loop: EventLoop;
  private readonly listeners = new Map<NodeJS.Signals, () => void>();

  constructor(loop: EventLoop) {
    this.loop = loop;
  }

  add(signal: NodeJS.Signals, callback: () => unknown): void {
    this.remove(signal);
    const listener = (): void => {
      this.loop.callSoonThreadsafe(callback);
    };
    process.on(signal, listener);
    this.listeners.set(signal, listener);
  }

  remove(signal: NodeJS.Signals): boolean {
    const listener = this.listeners.get(signal);
    if (listener === undefined) return false;
    process.off(signal, listener);
    return this.listeners.delete(signal);
  }

  clear(): void {
    for (const signal of this.listeners.keys()) this.remove(signal);
  }
}
