import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isGeneratorFunction } from "node:util/types";
import { Script } from "node:vm";

/**
 * What a worker thread can run. Either a function that a module exports: by its name, or else the default export
 * or the
 * module itself; a relative path starts at the working directory. Or a function that needs nothing from around it: it
 * is sent as source, and may `import()` and `require` what it uses.
 */
export type Job = ModuleJob | ((...args: never[]) => unknown);

/** A function that a module exports. What it takes and returns is unknown here. */
export interface ModuleJob {
  readonly module: string | URL;
  readonly name?: string;
}

/** A job as `worker.js` gets it. */
export type SentJob =
  | { readonly source: string }
  | {
      readonly module: string;
      readonly name: string | null;
      /** What the thread has to load before it can load the module; null if nothing. */
      readonly loader: string | null;
    };

/** `TypeError` if the job cannot cross to another thread. */
export function sendJob(job: Job): SentJob {
  if (typeof job === "function") return { source: sourceOf(job) };
  const { module, name } = (job as Partial<typeof job> | null | undefined) ?? {};
  if (!(module instanceof URL) && typeof module !== "string") {
    throw new TypeError(
      "a job is a function, or { module, name } of a function that a module exports",
    );
  }
  const file = fileOf(module);
  return { module: file, name: name ?? null, loader: loaderFor(file) };
}

/** A copy of the arguments as they are now. `TypeError` if they cannot cross to another thread. */
export function sendArguments(args: readonly unknown[]): unknown[] {
  try {
    return structuredClone([...args]);
  } catch (cause) {
    const reason = (cause as Error).message;
    const advice = "pass plain data, and let the job make the rest";
    throw new TypeError(`an argument cannot cross to another thread: ${reason}; ${advice}`, {
      cause,
    });
  }
}

type AnyFunction = (...args: never[]) => unknown;

const sources = new WeakMap<AnyFunction, string>();

function sourceOf(job: AnyFunction): string {
  let source = sources.get(job);
  if (source === undefined) {
    source = Function.prototype.toString.call(job);
    const problem = problemWith(job, source);
    if (problem !== null) throw new TypeError(`${problem}, or pass { module, name }`);
    sources.set(job, source);
  }
  return source;
}

function problemWith(job: AnyFunction, source: string): string | null {
  if (source.endsWith("{ [native code] }")) {
    return "a bound or built-in function has no source to send to a thread; call it in an arrow function";
  }
  if (source.startsWith("class"))
    return "a class cannot be called as a job; make the object in one";
  if (isGeneratorFunction(job)) {
    return "a generator cannot come back from a thread; write a function or an async function";
  }
  try {
    new Script(`(${source}\n)`);
    return null;
  } catch {
    return "a method cannot be sent to a thread; write the job as an arrow function";
  }
}

function fileOf(module: string | URL): string {
  const text = module.toString();
  if (text.startsWith("file:")) return fileURLToPath(text);
  return /^\.{0,2}\//.test(text) ? resolve(text) : text;
}

// A thread starts as bare Node. If we run under ts-node, modules written in TypeScript shall work in it as they do here.
function loaderFor(file: string): string | null {
  const underTsNode = Reflect.has(process, Symbol.for("ts-node.register.instance"));
  if (!underTsNode || !/\.[cm]?ts$/.test(file)) return null;
  return createRequire(__filename).resolve("ts-node/register/transpile-only");
}
