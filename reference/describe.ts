import { inspect, types } from "node:util";

/** What `value` is, for an error message, and what to pass instead where a mistake is likely. */
export function describe(value: unknown): string {
  if (types.isGeneratorFunction(value)) {
    const name = nameOf(value as { readonly name: string });
    const isAsync = types.isAsyncFunction(value);
    return isAsync
      ? `the async generator function ${name}; write a function* and pass what calling it returns`
      : `the generator function ${name}; call it and pass the coroutine: ${name}()`;
  }
  if (types.isAsyncFunction(value)) {
    return `the async function ${nameOf(value as { readonly name: string })}; write a function* and call it`;
  }
  if (typeof value === "function") return `the function ${nameOf(value)}`;
  if (types.isPromise(value)) return "a Promise; await it with yield* awaitPromise(promise)";
  if (Object.prototype.toString.call(value) === "[object AsyncGenerator]")
    return "an async generator";
  return inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 40 });
}

const nameOf = ({ name }: { readonly name: string }): string => (name === "" ? "main" : name);
