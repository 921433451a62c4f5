import { Senseless } from "./values";

/** Callables that note how they were called. */
export class Recorders {
  #calls = new WeakMap<object, unknown[][]>();

  make(): (...args: unknown[]) => null {
    const calls: unknown[][] = [];
    const recorder = (...args: unknown[]): null => {
      calls.push(args);
      return null;
    };
    this.#calls.set(recorder, calls);
    return recorder;
  }

  calls(recorder: unknown): readonly (readonly unknown[])[] {
    const calls = this.#calls.get(recorder as object);
    if (calls === undefined) throw new Senseless("expected a recorder");
    return calls;
  }

  has(object: object): boolean {
    return this.#calls.has(object);
  }

  clear(): void {
    this.#calls = new WeakMap();
  }
}
