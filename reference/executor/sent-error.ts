/** What a job threw, as `worker.js` describes it. */
export type SentError =
  | { readonly thrown: unknown }
  | {
      /** Names of its class and of the classes above. */
      readonly classes: readonly string[];
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly cause: SentError | null;
      /** Of an `AggregateError`. */
      readonly errors: readonly SentError[] | null;
      /** What else was attached to it, as far as that is plain: `code`, `errno`, ... */
      readonly properties: readonly (readonly [string, unknown])[];
    };

/**
 * The error again. It is an instance of the standard class it belonged to; a class of the program's own is known by
 * `name` only, since the two threads do not share it.
 */
export function receiveError(sent: SentError): unknown {
  if ("thrown" in sent) return sent.thrown;
  const { classes, name, message, stack, cause, errors, properties } = sent;
  const make = classes.map((className) => standard.get(className)).find((found) => found) ?? Error;
  const error = Object.assign(make(message), Object.fromEntries(properties));
  const hidden: Record<string, unknown> = { stack };
  if (error.name !== name) hidden["name"] = name;
  if (cause !== null) hidden["cause"] = receiveError(cause);
  if (errors !== null) hidden["errors"] = errors.map(receiveError);
  for (const [key, value] of Object.entries(hidden)) {
    Object.defineProperty(error, key, { value, writable: true, configurable: true });
  }
  return error;
}

const standard = new Map<string, (message: string) => Error>([
  ["AggregateError", (message) => new AggregateError([], message)],
  ["Error", (message) => new Error(message)],
  ["EvalError", (message) => new EvalError(message)],
  ["RangeError", (message) => new RangeError(message)],
  ["ReferenceError", (message) => new ReferenceError(message)],
  ["SyntaxError", (message) => new SyntaxError(message)],
  ["TypeError", (message) => new TypeError(message)],
  ["URIError", (message) => new URIError(message)],
]);
