import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Implementation } from "./implementation";

/** Loads an implementation: the default export of a module, or what that gives for an edition. */
export async function load(module: string, edition: string | undefined): Promise<Implementation> {
  const path = resolve(module);
  if (path.endsWith(".ts") && !(".ts" in readable)) {
    // Needs ts-node beside the implementation; Node itself cannot read TypeScript.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require(require.resolve("ts-node/register/transpile-only", { paths: [path, __dirname] }));
  }
  const exported = defaultOf(
    path.endsWith(".mjs") ? await import(pathToFileURL(path).href) : requireModule(path),
  );
  const implementation = typeof exported === "function" ? (exported as Maker)(edition) : exported;
  if (typeof (implementation as Implementation | undefined)?.puppets !== "object") {
    throw new Error(
      `expected ${path} to export an implementation by default, got ${typeof implementation}`,
    );
  }
  return implementation as Implementation;
}

// The only way to ask whether a loader for TypeScript is there already.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const readable = require.extensions;

type Maker = (edition: string | undefined) => unknown;

// eslint-disable-next-line @typescript-eslint/no-require-imports
const requireModule = (path: string): unknown => require(path);

/** The default export, also of an ES module that was compiled to CommonJS. */
function defaultOf(module: unknown): unknown {
  const once = (module as { default?: unknown }).default ?? module;
  return (once as { default?: unknown }).default ?? once;
}
