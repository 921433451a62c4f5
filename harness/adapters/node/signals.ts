import type { Implementation } from "./implementation";

type Listener = () => unknown;

/** How signals are handled, in the terms of Python's `signal` module. */
export class Signals {
  readonly #implementation: Implementation;
  readonly #installed = new Map<string, { readonly named: unknown; readonly listener: Listener }>();

  constructor(implementation: Implementation) {
    this.#implementation = implementation;
  }

  /** A name of a disposition, what `set` was given, or whoever else handles the signal. */
  get(name: string): unknown {
    const listeners = process.listeners(name as NodeJS.Signals);
    const mine = this.#installed.get(name);
    if (mine !== undefined && listeners.includes(mine.listener)) return mine.named;
    if (listeners.length > 0) return listeners[0];
    const handled = name === "SIGINT" && this.#implementation.handlesInterrupt?.() === true;
    return handled ? ofTheImplementation : "default_int_handler";
  }

  set(name: string, handler: unknown): void {
    const signal = name as NodeJS.Signals;
    process.removeAllListeners(signal);
    this.#installed.delete(name);
    if (handler === "SIG_DFL" || handler === "default_int_handler") return;
    const listener = handler === "SIG_IGN" ? () => undefined : () => (handler as Listener)();
    this.#installed.set(name, { named: handler, listener });
    process.on(signal, listener);
  }

  /** Takes back what `set` did; names listeners of others that were left. */
  cleanUp(): readonly string[] {
    for (const name of this.#installed.keys()) this.set(name, "SIG_DFL");
    const left = process.listenerCount("SIGINT");
    process.removeAllListeners("SIGINT");
    return left === 0 ? [] : [`${left} SIGINT listeners`];
  }
}

/** Stands for the implementation's own handling of SIGINT, which is not one of Node's listeners. */
const ofTheImplementation = Object.freeze(() => undefined);
