import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import type { Implementation, Operation } from "./implementation";
import { Jobs } from "./jobs";
import { Recorders } from "./recorders";
import { Signals } from "./signals";
import type { Threads } from "./threads";
import type { Values } from "./values";

/** What the adapter keeps for a session beside the objects of the implementation. */
export class Belongings {
  readonly recorders = new Recorders();
  readonly jobs = new Jobs();
  readonly signals: Signals;
  readonly warnings: { category: string; message: string }[] = [];

  constructor(implementation: Implementation) {
    this.signals = new Signals(implementation);
    process.on("warning", ({ name, message }) => {
      this.warnings.push({ category: name, message });
    });
  }

  /** Forgets everything of the last session; names what was left behind. */
  cleanUp(): readonly string[] {
    this.recorders.clear();
    this.warnings.length = 0;
    return this.signals.cleanUp();
  }
}

/** The operations of an implementation together with those the adapter brings. */
export const allOperations = (
  implementation: Implementation,
  { recorders, jobs, signals, warnings }: Belongings,
  threads: Threads,
  values: () => Values,
): Readonly<Record<string, Operation>> => ({
  "object.new": ({ kwargs }) => new Thing(kwargs["described"]),
  "object.type": ({ args: [object] }) => (object as object).constructor,
  "object.forget": ({ args }) => {
    for (const object of args) values().forget(object);
  },
  "weakref.new": ({ args: [object] }) => new WeakRef(object as object),
  "weakref.alive": ({ on }) => isAlive(on as WeakRef<object>),
  "stream.print": ({ args: [text] }) => {
    process.stdout.write(`${String(text)}\n`);
  },

  "recorder.new": () => recorders.make(),
  "recorder.calls": ({ on }) => recorders.calls(on),

  "job.new": ({ kwargs }) => jobs.make(kwargs),
  "job.state": ({ on }) => jobs.state(on),

  "signal.getsignal": ({ args: [name] }) => signals.get(String(name)),
  "signal.signal": ({ args: [name, handler] }) => {
    signals.set(String(name), handler);
  },

  // Node emits warnings a little later than they are made.
  "warnings.caught": () =>
    new Promise((resolve) => {
      setImmediate(() => {
        resolve(warnings.map((warning) => ({ ...warning })));
      });
    }),

  "threading.run": ({ args: [body] }) => threads.run(body),
  "threading.active_count": () => threads.count(),

  ...implementation.operations,
});

/** A weak reference keeps its object for the rest of the turn in which it was made or asked. */
async function isAlive(known: WeakRef<object>): Promise<boolean> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  await nextTurn();
  collect();
  // What is to be done at the end of an object is done a little later.
  await nextTurn();
  return known.deref() !== undefined;
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Something that is equal only to itself, and that tells a recorder when its textual form is asked for. */
class Thing {
  readonly #described: unknown;

  constructor(described: unknown) {
    this.#described = described;
  }

  toString(): string {
    if (typeof this.#described === "function") (this.#described as () => void)();
    return "a thing";
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
