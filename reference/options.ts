/**
 * Python's keyword-only arguments, as JavaScript has them: an object, at most one, with known keys. Null means
 * the same
 * as leaving an option out, as None does. signature.run-debug-by-keyword, signature.run-loop-factory-by-keyword,
 * signature.runner-by-keyword, signature.runner-run-context-by-keyword, signature.run-none-is-default
 */
export function checkOptions(
  caller: string,
  rest: readonly unknown[],
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (rest.length > 1) {
    throw new TypeError(`${caller} got ${rest.length - 1} positional arguments too many`);
  }
  const [options] = rest;
  if (options === undefined || options === null) return {};
  if (!isPlainObject(options)) {
    const example = known.map((key) => `${key}: …`).join(", ");
    throw new TypeError(`${caller} takes its options by name: { ${example} }`);
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new TypeError(`${caller} got an unexpected option '${key}'`);
  }
  return options;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
