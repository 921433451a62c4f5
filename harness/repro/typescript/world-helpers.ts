/** What a program has of the world around the subject. */
export const worldHelpers = {
  untranslatable: {
    needs: [],
    lines: `
/** Something the puppets did that this script cannot do. */
function untranslatable(what) {
  throw new Error(\`no translation: \${what}\`);
}
`,
  },
  interruptLater: {
    needs: [],
    lines: `
/** Ctrl-C from outside, when the loop has had time to fall asleep. */
function interruptLater(seconds = 0.2) {
  const command = \`sleep \${seconds}; kill -INT \${process.pid}\`;
  spawn("/bin/sh", ["-c", command], { stdio: "ignore", detached: true }).unref();
}
`,
  },
  spin: {
    needs: [],
    lines: `
const isDue = (time) => performance.now() >= time;

/** A tight loop that is hit by Ctrl-C so many times. */
function spin(interrupts, seconds = 0.1) {
  for (let count = 0; count < interrupts; count++) {
    process.kill(process.pid, "SIGINT");
    for (const end = performance.now() + 1000 * seconds; !isDue(end); );
  }
}
`,
  },
  newRecorder: {
    needs: [],
    lines: `
/** A function that notes the arguments of each call. */
function newRecorder() {
  const calls = [];
  const recorder = (...args) => {
    calls.push(args);
    return null;
  };
  return Object.assign(recorder, { calls });
}
`,
  },
  Thing: {
    needs: [],
    lines: `
/** An object equal only to itself, that may call a function whenever its textual form is asked for. */
class Thing {
  #described;
  constructor(described) {
    this.#described = described;
  }
  toString() {
    this.#described?.();
    return "a thing";
  }
  [inspect.custom]() {
    return this.toString();
  }
}
`,
  },
  isAlive: {
    needs: [],
    lines: `
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Whether what a weak reference knows is still there when everything that can go has gone. */
async function isAlive(known) {
  setFlagsFromString("--expose-gc");
  await nextTurn();
  runInNewContext("gc")();
  await nextTurn();
  return known.deref() !== undefined;
}
`,
  },
  Job: {
    needs: [],
    lines: `
const jobStates = ["new", "running", "finished"];

/** A function for an executor that takes some time: \`obey\` of this file. */
class Job {
  module = fileURLToPath(import.meta.url);
  name = "obey";
  #now = new Int32Array(new SharedArrayBuffer(4));
  #order;
  constructor({ lasting = 0, then_return: result = null, then_raise: error = null }) {
    const failure = error && { name: error.constructor.name, message: error.message };
    this.#order = { now: this.#now, lasting, result, failure };
  }
  get args() {
    return [this.#order];
  }
  state() {
    return jobStates[Atomics.load(this.#now, 0)];
  }
}

export function obey({ now, lasting, result, failure }) {
  Atomics.store(now, 0, 1);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000 * lasting);
  Atomics.store(now, 0, 2);
  if (failure === null) return result;
  throw Object.assign(new Error(failure.message), { name: failure.name });
}
`,
  },
  getSignal: {
    needs: ["handlesInterrupt"],
    lines: `
const installed = new Map();
const handlerOfTheSubject = () => undefined;

/** How a signal is handled: a name, what setSignal() was given, or whoever else does. */
function getSignal(name) {
  const listeners = process.listeners(name);
  const mine = installed.get(name);
  if (listeners.includes(mine?.listener)) return mine.handler;
  if (listeners.length > 0) return listeners[0];
  return name === "SIGINT" && handlesInterrupt() ? handlerOfTheSubject : "default_int_handler";
}

function setSignal(name, handler) {
  process.removeAllListeners(name);
  installed.delete(name);
  if (handler === "SIG_DFL" || handler === "default_int_handler") return;
  const listener = handler === "SIG_IGN" ? () => undefined : () => handler();
  installed.set(name, { handler, listener });
  process.on(name, listener);
}
`,
  },
  caughtWarnings: {
    needs: [],
    lines: `
const warned = [];
process.on("warning", ({ name, message }) => warned.push({ category: name, message }));

/** Every warning so far. Node emits one a little later than it is made. */
const caughtWarnings = () => new Promise((resolve) => setImmediate(() => resolve([...warned])));
`,
  },
  countThreads: {
    needs: [],
    lines: `
let workers = 0;
process.on("worker", (worker) => {
  workers += 1;
  worker.once("exit", () => (workers -= 1));
});

/** How many threads run JavaScript. Node tells of a new one a little later than it starts. */
const countThreads = () => new Promise((resolve) => setImmediate(() => resolve(1 + workers)));
`,
  },
} as const;
