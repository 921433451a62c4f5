import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { nodeAdapter, nodeAdapterScript } from "../../adapters/node/launch";
import { UsageError } from "../usage-error";
import type { SubjectKind } from "./parse";

/** `node:MODULE`: an implementation in TypeScript or JavaScript. */
export const nodeSubject: SubjectKind = (rest, base) => {
  const script = nodeAdapterScript();
  if (script === undefined) {
    throw new UsageError(
      "expected a subject this version can drive, got node: its adapter for Node is not part of it yet; write command:PROGRAM for an adapter of your own",
    );
  }
  const module = resolve(base, rest);
  if (rest === "" || !existsSync(module)) {
    throw new UsageError(
      `expected a module after node:, got ${JSON.stringify(rest)}, no such file`,
    );
  }
  return { command: nodeAdapter(script, module) };
};
