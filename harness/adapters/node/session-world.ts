import type { Implementation } from "./implementation";
import { allOperations, Belongings } from "./operations";
import { JobHandle } from "./jobs";
import { Requests } from "./requests";
import { runAsync, runSync, Scripts } from "./scripts";
import { Threads } from "./threads";
import { Senseless, Values } from "./values";
import type { Wire } from "./wire";

/** Everything one thread needs to take part in sessions. */
export class SessionWorld {
  readonly requests: Requests;
  readonly scripts: Scripts;
  values: Values;
  readonly #implementation: Implementation;
  readonly #belongings: Belongings;

  constructor(
    implementation: Implementation,
    wire: Wire,
    source: { readonly module: string; readonly edition: string | undefined },
  ) {
    const values = () => this.values;
    this.#belongings = new Belongings(implementation);
    this.#implementation = {
      ...implementation,
      kindOf: (object) => implementation.kindOf?.(object) ?? this.#ownKind(object),
    };
    const threads = new Threads(wire.memory, source, values);
    this.requests = new Requests(
      allOperations(implementation, this.#belongings, threads, values),
      values,
    );
    this.scripts = new Scripts(wire, values, this.requests);
    this.values = this.#newValues(1);
  }

  /** Starts a session with no objects. */
  begin(firstRef = 1): void {
    this.values = this.#newValues(firstRef);
  }

  /** Ends a session; names what it left behind. */
  end(): readonly string[] {
    return [...this.#belongings.cleanUp(), ...(this.#implementation.cleanUp?.() ?? [])];
  }

  #newValues(firstRef: number): Values {
    return new Values(
      this.#implementation,
      (number, kind) => this.#makePuppet(number, kind),
      firstRef,
    );
  }

  #makePuppet(number: number, kind: string): unknown {
    const script = this.scripts.script(number);
    if (kind === "function") {
      // Called by the subject it cannot wait; the adapter's own operations call its async twin.
      return Object.assign((...args: unknown[]) => runSync(script, args), {
        async: (...args: unknown[]) => runAsync(script, args),
      });
    }
    const make = (this.#implementation.puppets as Record<string, PuppetMaker | undefined>)[kind];
    if (make === undefined)
      throw new Senseless(`the implementation has no puppets of kind ${kind}`);
    return make(script);
  }

  #ownKind(object: object): string | undefined {
    if (this.#belongings.recorders.has(object)) return "recorder";
    if (object instanceof WeakRef) return "weakref";
    return object instanceof JobHandle ? "job" : undefined;
  }
}

type PuppetMaker = Implementation["puppets"]["coroutine"];
