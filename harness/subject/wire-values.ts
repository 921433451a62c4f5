import { HarnessBug } from "../protocol/frames";
import type { Value } from "../protocol/values";
import { remoteOf, type Ask } from "./objects";
import { Puppet } from "./puppets";
import { OutOfTurn } from "./conversation";
import { Remote, RemoteException } from "./remote";

/** Turns what tests hold into what crosses the wire, and back; one wrapper per remote object. */
export class WireValues {
  readonly #wrappers = new Map<number, Remote | RemoteException>();
  readonly #puppets = new Map<number, Puppet>();
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Remembers a puppet, so that it is recognised when it comes back. */
  know(puppet: Puppet): void {
    this.#puppets.set(puppet.number, puppet);
  }

  /** The puppets of this session. */
  get puppets(): readonly Puppet[] {
    return [...this.#puppets.values()];
  }

  /** The wire form of a scalar, list, plain object, remote object, remote exception or puppet. Throws HarnessBug. */
  toWire(held: unknown): Value {
    if (held === undefined) return null;
    if (held === null || ["boolean", "number", "string"].includes(typeof held))
      return held as Value;
    if (Array.isArray(held)) return held.map((item) => this.toWire(item));
    if (held instanceof Remote) return { ref: held.ref, kind: held.kind };
    if (held instanceof RemoteException) return { ref: held.remote.ref, kind: "exception" };
    if (held instanceof Puppet) return { puppet: held.number, kind: held.kind };
    if (Object.getPrototypeOf(held) === Object.prototype) {
      return { map: mapped(held, (value) => this.toWire(value)) };
    }
    throw new HarnessBug(`expected a value that can cross the wire, got ${typeof held}`);
  }

  /** What tests hold for a value that crossed the wire. Throws OutOfTurn for a puppet that does not exist. */
  fromWire(value: Value): unknown {
    if (value === null || typeof value !== "object") return value;
    if (isList(value)) return value.map((item) => this.fromWire(item));
    if ("map" in value) return mapped(value.map, (item) => this.fromWire(item));
    if ("puppet" in value) return this.#puppet(value.puppet);
    if ("ref" in value) return this.#wrapper(value);
    throw new HarnessBug(`expected a value of the protocol, got ${JSON.stringify(value)}`);
  }

  #puppet(number: number): Puppet {
    const puppet = this.#puppets.get(number);
    if (puppet !== undefined) return puppet;
    throw new OutOfTurn(
      `expected a puppet that was named, got puppet ${number}; use the numbers the harness sends`,
    );
  }

  #wrapper(value: Extract<Value, { readonly ref: number }>): Remote | RemoteException {
    const known = this.#wrappers.get(value.ref);
    if (known !== undefined) return known;
    const made =
      "bases" in value ? new RemoteException(value) : remoteOf(value.ref, value.kind, this.#ask);
    this.#wrappers.set(value.ref, made);
    return made;
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const mapped = <From, To>(
  from: Readonly<Record<string, From>> | object,
  change: (value: From) => To,
) =>
  Object.fromEntries(
    Object.entries(from as Record<string, From>).map(([key, value]) => [key, change(value)]),
  );
