/** How a program looks at what came out. */
export const lookingHelpers = {
  puppets: {
    needs: [],
    lines: `
/** Objects made here, which may look like plain ones. */
const puppets = new WeakSet();
`,
  },
  handlesInterrupt: {
    needs: [],
    lines: `
/** Whether the subject handles Ctrl-C by other means than Node's listeners. */
const handlesInterrupt = () => subject.handlesInterrupt?.() === true;
`,
  },
  classesOf: {
    needs: [],
    lines: `
/** The names of the classes of an exception, most derived first. */
function classesOf(error) {
  const told = subject.describe?.(error);
  if (told !== undefined) return [told.type, ...told.bases];
  const names = [];
  for (let link = Object.getPrototypeOf(error); link !== Object.prototype; link = Object.getPrototypeOf(link))
    names.push(link.constructor.name);
  return names;
}
`,
  },
  numberOf: {
    needs: [],
    lines: `
const numbers = new WeakMap();
let counted = 0;

/** The same object always has the same number. */
function numberOf(object) {
  if (!numbers.has(object)) numbers.set(object, ++counted);
  return numbers.get(object);
}
`,
  },
  same: {
    needs: [],
    lines: `
/** Whether two values are the same, or lists of the same. */
function same(one, other) {
  if (!Array.isArray(one) || !Array.isArray(other)) return (one ?? null) === (other ?? null);
  return one.length === other.length && one.every((item, index) => same(item, other[index]));
}
`,
  },
  shown: {
    needs: ["classesOf", "numberOf"],
    lines: `
/** A value for people. */
function shown(value = null) {
  if (Array.isArray(value)) return \`[\${value.map((item) => shown(item)).join(", ")}]\`;
  if (value instanceof Error) return \`\${classesOf(value)[0]}: \${value.message}\`;
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  const isPlain = isObject && Object.getPrototypeOf(value) === Object.prototype;
  if (!isObject || isPlain) return inspect(value, { breakLength: Infinity });
  return \`\${value.constructor?.name ?? "object"} #\${numberOf(value)}\`;
}
`,
  },
  saw: {
    needs: ["classesOf", "numberOf", "puppets"],
    lines: `
const events = [];

/** Takes note of an event. */
function saw(what, ...values) {
  events.push([what, ...values.map((value) => said(value))].join(": "));
}

/** A value as a text. */
function said(value = null) {
  if (typeof value === "string") return JSON.stringify(value.replace(/<.* at 0x[0-9a-f]+>/g, "<…>"));
  if (value === null || ["boolean", "number"].includes(typeof value)) return String(value);
  if (Array.isArray(value)) return \`[\${value.map((item) => said(item)).join(", ")}]\`;
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  if (isPlain && !puppets.has(value) && !numbers.has(value)) {
    const keys = Object.keys(value).sort();
    return \`{\${keys.map((key) => \`\${JSON.stringify(key)}: \${said(value[key])}\`).join(", ")}}\`;
  }
  return \`\${value instanceof Error ? classesOf(value)[0] : "object"} #\${numberOf(value)}\`;
}
`,
  },
  inThread: {
    needs: ["saw"],
    lines: `
/** Calls a function in a new thread while this one blocks; objects cross as their numbers only. */
function inThread(body) {
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const name = Object.keys(threadBodies).find((known) => threadBodies[known] === body);
  const thread = { name, ended, port: port2, counted };
  const worker = new Worker(new URL(import.meta.url), { workerData: { thread }, transferList: [port2] });
  Atomics.wait(ended, 0, 0);
  const { message: outcome } = receiveMessageOnPort(port1);
  void worker.terminate();
  events.push(...outcome.events);
  counted = outcome.counted;
  if ("raised" in outcome) throw foreign(outcome.raised);
  return outcome.number === undefined ? outcome.returned : foreign(outcome);
}

/** Stands for an object of another thread. */
function foreign({ number, type, message }) {
  const made = type === undefined ? new (class Foreign {})() : new { [type]: class extends Error {} }[type](message);
  numbers.set(made, number);
  return made;
}

/** The other side: does in this thread what inThread() was asked for. */
async function serveThread({ name, ended, port, counted: before }) {
  counted = before;
  const body = threadBodies[name];
  const outcome = await (body.async ?? body)().then(
    (value = null) =>
      typeof value === "object" && value !== null ? { number: numberOf(value) } : { returned: value },
    (error) => {
      const [type] = classesOf(error);
      return { raised: { type, message: error.message, number: numberOf(error) } };
    },
  );
  port.postMessage({ ...outcome, events, counted });
  Atomics.store(ended, 0, 1);
  Atomics.notify(ended, 0);
}
`,
  },
  watchdog: {
    needs: [],
    lines: `
/** Says after ten seconds where the main thread is, and ends the process. */
const watchdog = \`
  const { Session } = require("node:inspector");
  const { writeSync } = require("node:fs");
  const main = new Session();
  const files = new Map();
  const end = () => main.post("Runtime.evaluate", { expression: "process.exit(1)" });
  main.on("Debugger.scriptParsed", ({ params }) => files.set(params.scriptId, params.url));
  main.on("Debugger.paused", ({ params: { callFrames } }) => {
    const lines = callFrames.map(({ functionName, location: { scriptId, lineNumber } }) =>
      "    at " + (functionName || "?") + " (" + files.get(scriptId) + ":" + (lineNumber + 1) + ")");
    writeSync(2, "Timeout (10 s), in\\\\n" + lines.join("\\\\n") + "\\\\n");
    end();
  });
  setTimeout(() => {
    main.connectToMainThread();
    main.post("Debugger.enable");
    main.post("Debugger.pause");
    // Nobody is there to pause when everybody waits.
    setTimeout(() => {
      writeSync(2, "Timeout (10 s), while everybody waits\\\\n");
      main.post("Debugger.disable");
      end();
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 1000);
    }, 500);
  }, 10_000);
\`;
`,
  },
} as const;
