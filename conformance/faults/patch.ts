/** A method of the reference, whatever its type: faults reach into what it keeps private. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Method = (this: any, ...args: any[]) => any;

/** Replaces a method of a class (`patch(Runner.prototype, …)`), an object or a module. */
export function patch(owner: object, name: string, change: (original: Method) => Method): void {
  const original = (owner as Record<string, unknown>)[name];
  if (typeof original !== "function") {
    throw new Error(`expected a method to break, got no ${name} in ${owner.constructor.name}`);
  }
  Object.defineProperty(owner, name, {
    value: change(original as Method),
    configurable: true,
    writable: true,
  });
}
