import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

import type { AdapterCommand } from "../../session/command";
import { text } from "./literals";

/** How a script gets hold of what is judged. */
export interface Plug {
  readonly interpreter: string;
  /** The path of the module that describes the implementation. */
  readonly module: string;
  readonly edition: string | undefined;
}

/** The plug of a subject that the Node adapter drives; undefined for any other. */
export function nodePlug({ command, args }: AdapterCommand): Plug | undefined {
  const at = args.findIndex((arg) => /[\\/]adapters[\\/]node[\\/]adapter\.[jt]s$/.test(arg));
  const [module, ...options] = args.slice(at + 1);
  if (at === -1 || module === undefined) return undefined;
  return {
    interpreter: command,
    module,
    edition: options[0] === "--edition" ? options[1] : undefined,
  };
}

/** An expression that loads a module, as the Node adapter does; a promise where that takes its time. */
export function loading(path: string): string {
  if (!path.endsWith(".ts")) return `import(${text(pathToFileURL(path).href)})`;
  return `createRequire(${text(path)})(${text(path)})`;
}

/** The line that lets Node read a module of TypeScript, as the Node adapter does; none for any other. */
export function registering(path: string): readonly string[] {
  if (!path.endsWith(".ts")) return [];
  const register = "ts-node/register/transpile-only";
  const found = require.resolve(register, { paths: [dirname(path), __dirname] });
  return [
    "// The implementation is TypeScript, which Node itself cannot read; its settings are found from here.",
    `process.env["TS_NODE_CWD"] ??= ${text(process.cwd())};`,
    `createRequire(import.meta.url)(${text(found)});`,
  ];
}
