import type { Description, Implementation } from "./implementation";

/** A request of the harness's that makes no sense; answered with `adapter-error`. */
export class Senseless extends Error {
  override readonly name = "Senseless";
}

/** Makes the native thing for a puppet. */
export type MakePuppet = (number: number, kind: string) => unknown;

/** How many numbers each thread of a session has for its objects. */
export const refsPerThread = 1_000_000;

/** Stands for an object of another thread: it can be passed on and compared, not used. */
class Foreign extends Error {}

/** Numbers the objects of a session: the same object always has the same number. */
export class Values {
  readonly #byRef = new Map<number, unknown>();
  readonly #refs = new Map<unknown, number>();
  readonly #puppets = new Map<number, unknown>();
  readonly #puppetOf = new Map<unknown, { puppet: number; kind: string }>();
  readonly #implementation: Implementation;
  readonly #makePuppet: MakePuppet;
  readonly #first: number;
  #next: number;

  /** `first` is the number of the first object; threads of one session count from different ones. */
  constructor(implementation: Implementation, makePuppet: MakePuppet, first = 1) {
    this.#implementation = implementation;
    this.#makePuppet = makePuppet;
    this.#first = this.#next = first;
  }

  decode(value: unknown): unknown {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item) => this.decode(item));
    const fields = value as Record<string, unknown>;
    if (typeof fields["puppet"] === "number") {
      return this.#puppet(fields["puppet"], String(fields["kind"]));
    }
    if (typeof fields["ref"] === "number") return this.#object(fields["ref"]);
    return mapped(fields["map"] as Record<string, unknown>, (item) => this.decode(item));
  }

  encode(value: unknown): unknown {
    if (value === undefined || value === null) return null;
    if (["boolean", "number", "string"].includes(typeof value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.encode(item));
    const puppet = this.#puppetOf.get(value);
    if (puppet !== undefined) return puppet;
    if (value instanceof Error && !(value instanceof Foreign)) return this.exception(value);
    if (Object.getPrototypeOf(value) === Object.prototype && !this.#refs.has(value)) {
      return { map: mapped(value as Record<string, unknown>, (item) => this.encode(item)) };
    }
    return { ref: this.ref(value), kind: this.#kindOf(value) };
  }

  /** The wire form of something that was thrown. */
  exception(thrown: unknown): Record<string, unknown> {
    const { type, bases, message, args } = (this.#implementation.describe ?? described)(thrown);
    return {
      ref: this.ref(thrown),
      kind: "exception",
      type,
      bases,
      message,
      ...(args === undefined ? {} : { args: args.map(scalarOrNull) }),
      ...(thrown instanceof Error && thrown.stack !== undefined ? { traceback: thrown.stack } : {}),
    };
  }

  /** The number of an object; plain ones only get one when asked for. */
  ref(object: unknown): number {
    const known = this.#refs.get(object);
    if (known !== undefined) return known;
    const ref = this.#next++;
    this.#know(ref, object);
    return ref;
  }

  /** Lets go of an object: its number is not used again. */
  forget(object: unknown): void {
    const ref = this.#refs.get(object);
    if (ref === undefined) throw new Senseless("expected an object that has a reference");
    this.#refs.delete(object);
    this.#byRef.delete(ref);
  }

  #object(ref: number): unknown {
    if (!this.#byRef.has(ref)) {
      if (this.#isOwn(ref)) throw new Senseless(`expected a reference of this session, got ${ref}`);
      this.#know(ref, new Foreign(`object ${ref} of another thread`));
    }
    return this.#byRef.get(ref);
  }

  /** Whether a number can only be that of an object of this thread. */
  #isOwn(ref: number): boolean {
    return ref >= this.#first && ref < this.#first + refsPerThread;
  }

  #know(ref: number, object: unknown): void {
    this.#refs.set(object, ref);
    this.#byRef.set(ref, object);
  }

  #puppet(number: number, kind: string): unknown {
    if (this.#puppets.has(number)) return this.#puppets.get(number);
    const made = this.#makePuppet(number, kind);
    this.#puppets.set(number, made);
    this.#puppetOf.set(made, { puppet: number, kind });
    return made;
  }

  #kindOf(value: unknown): string {
    // Everything else travels by value.
    const own = this.#implementation.kindOf?.(value as object);
    return own ?? (typeof value === "function" ? "function" : "object");
  }
}

/** An exception by its constructor and the constructors it derives from. */
export function described(thrown: unknown): Description {
  if (!(thrown instanceof Error)) {
    return { type: typeof thrown, bases: [typeof thrown], message: String(thrown) };
  }
  const bases: string[] = [];
  for (
    let link = Object.getPrototypeOf(thrown) as object | null;
    link !== null && link !== Object.prototype;
    link = Object.getPrototypeOf(link) as object | null
  ) {
    bases.push(link.constructor.name);
  }
  return { type: bases[0] ?? "Error", bases, message: thrown.message };
}

const scalarOrNull = (value: unknown): unknown =>
  ["boolean", "number", "string"].includes(typeof value) ? value : null;

const mapped = <To>(from: Record<string, unknown>, change: (value: unknown) => To) =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));
