import type { HelperName } from "./helpers";

/** Operations that the Node adapter brings: how a script has them, and what they need. */
export const brought: Readonly<
  Record<string, { readonly as: string; readonly helpers: readonly HelperName[] }>
> = {
  "object.new": { as: "({ kwargs }) => new Thing(kwargs.described)", helpers: ["Thing"] },
  "object.type": { as: "({ args: [object] }) => object.constructor", helpers: [] },
  "weakref.new": { as: "({ args: [object] }) => new WeakRef(object)", helpers: [] },
  "weakref.alive": { as: "({ on }) => isAlive(on)", helpers: ["isAlive"] },
  "stream.print": { as: "({ args: [text] }) => console.log(text)", helpers: [] },
  "recorder.new": { as: "() => newRecorder()", helpers: ["newRecorder"] },
  "recorder.calls": { as: "({ on }) => [...on.calls]", helpers: [] },
  "job.new": { as: "({ kwargs }) => new Job(kwargs)", helpers: ["Job"] },
  "job.state": { as: "({ on }) => on.state()", helpers: [] },
  "signal.getsignal": { as: "({ args: [name] }) => getSignal(name)", helpers: ["getSignal"] },
  "signal.signal": {
    as: "({ args: [name, handler] }) => setSignal(name, handler)",
    helpers: ["getSignal"],
  },
  "warnings.caught": { as: "() => caughtWarnings()", helpers: ["caughtWarnings"] },
  "threading.run": { as: "({ args: [body] }) => inThread(body)", helpers: ["inThread"] },
  "threading.active_count": { as: "() => countThreads()", helpers: ["countThreads"] },
};
