import { LookupError, RuntimeError, ValueError } from "./errors";
import { PersistentMap } from "./persistent-map";

/** A variable with one value per context. Make it once, at the top of a module: contexts keep it alive. */
export class ContextVar<Value> {
  readonly name: string;
  /** @internal */
  readonly id = nextId++;
  private readonly defaults: readonly Value[];

  constructor(name: string, options: { readonly default?: Value } = {}) {
    this.name = name;
    this.defaults = "default" in options ? [options.default] : [];
  }

  /** The value in the current context; else `fallback`, else the variable's default, else `LookupError`. */
  get(...fallback: [] | [Value]): Value {
    const binding = current.bindings.get(this.id);
    if (binding !== undefined) return binding.value as Value;
    if (fallback.length > 0) return fallback[0] as Value;
    if (this.defaults.length > 0) return this.defaults[0] as Value;
    throw new LookupError(`the context variable ${this.name} has no value and no default`);
  }

  /** Sets the value in the current context. The token undoes it. */
  set(value: Value): Token<Value> {
    const token = new Token<Value>(this, current, current.bindings.get(this.id));
    current.bindings = current.bindings.with(this.id, { variable: this, value });
    return token;
  }

  /** Undoes the `set` that returned `token`. `ValueError` in another context, `RuntimeError` the second time. */
  reset(token: Token<Value>): void {
    if (token.used) throw new RuntimeError(`the token of ${this.name} has already been used once`);
    if (token.variable !== this)
      throw new ValueError(`the token belongs to ${token.variable.name}`);
    if (token.context !== current) {
      throw new ValueError(`the token of ${this.name} was created in a different context`);
    }
    token.used = true;
    current.bindings =
      token.before === undefined
        ? current.bindings.without(this.id)
        : current.bindings.with(this.id, token.before);
  }
}

/** What `ContextVar.set` returns: the way back. */
export class Token<Value> {
  readonly variable: ContextVar<Value>;
  /** @internal */
  readonly context: Context;
  /** @internal */
  readonly before: Binding | undefined;
  /** @internal */
  used = false;

  constructor(variable: ContextVar<Value>, context: Context, before: Binding | undefined) {
    this.variable = variable;
    this.context = context;
    this.before = before;
  }
}

/** The values of all context variables. A copy costs the same however many there are. */
export class Context {
  /** @internal */
  bindings: PersistentMap<Binding>;
  /** The context that was current when this one was entered; null while it is not entered. @internal */
  below: Context | null = null;

  /** An empty context. Only `copy` passes anything. */
  constructor(bindings: PersistentMap<Binding> = nothing) {
    this.bindings = bindings;
  }

  /** A context of its own with the same values. */
  copy(): Context {
    return new Context(this.bindings);
  }

  /** Calls `callback` with this context as the current one. `RuntimeError` if it is already entered. */
  run<Args extends unknown[], Result>(callback: (...args: Args) => Result, ...args: Args): Result {
    if (this.isEntered()) {
      throw new RuntimeError("cannot enter the context: it is already entered");
    }
    enterContext(this);
    try {
      return callback(...args);
    } finally {
      leaveContext(this);
    }
  }

  /** Whether somebody is inside `run` of this context. */
  isEntered(): boolean {
    return this.below !== null;
  }

  get<Value>(variable: ContextVar<Value>): Value | undefined {
    return this.bindings.get(variable.id)?.value as Value | undefined;
  }

  has(variable: ContextVar<never> | ContextVar<unknown>): boolean {
    return this.bindings.get(variable.id) !== undefined;
  }

  get size(): number {
    return this.bindings.size;
  }

  /** Every variable that has a value here, with that value. */
  *[Symbol.iterator](): Generator<[ContextVar<unknown>, unknown]> {
    for (const { variable, value } of this.bindings.values()) yield [variable, value];
  }
}

/** A copy of the current context. */
export const copyContext = (): Context => current.copy();

/** Makes `context` current; `leaveContext` must follow. The caller knows that it is not entered. @internal */
export function enterContext(context: Context): void {
  context.below = current;
  current = context;
}

/** @internal */
export function leaveContext(context: Context): void {
  current = context.below ?? base;
  context.below = null;
}

/** Leaves every context, after code inside them was killed and could not. @internal */
export function leaveAllContexts(): void {
  while (current !== base) leaveContext(current);
}

interface Binding {
  readonly variable: ContextVar<never> | ContextVar<unknown>;
  readonly value: unknown;
}

let nextId = 0;
const nothing = PersistentMap.empty<Binding>();
const base = new Context();
base.below = base;
let current = base;
