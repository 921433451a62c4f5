import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { nodeAdapter, nodeAdapterScript } from "../../adapters/node/launch";
import type { Edition } from "../../../spec/editions";
import { editionNamed } from "../edition-option";
import { didYouMean, UsageError } from "../../usage-error";
import type { SubjectKind } from "./parse";

/** `node:MODULE` or `node:MODULE?edition=EDITION`: an implementation in TypeScript or JavaScript. */
export const nodeSubject: SubjectKind = (rest, base) => {
  const script = nodeAdapterScript();
  if (script === undefined) {
    throw new UsageError(
      "expected a subject this version can drive, got node: its adapter for Node is not part of it yet; write command:PROGRAM for an adapter of your own",
    );
  }
  const [path = "", ...query] = existsSync(resolve(base, rest)) ? [rest] : rest.split("?");
  const module = resolve(base, path);
  if (path === "" || !existsSync(module)) {
    throw new UsageError(
      `expected a module after node:, got ${JSON.stringify(path)}, no such file`,
    );
  }
  const edition = editionOf(new URLSearchParams(query.join("?")));
  if (edition === undefined) return { command: nodeAdapter(script, module) };
  return { command: nodeAdapter(script, module, ["--edition", edition]), edition };
};

function editionOf(values: URLSearchParams): Edition | undefined {
  for (const key of values.keys()) {
    if (key === "edition") continue;
    throw new UsageError(
      `expected edition= in a node subject, got ${JSON.stringify(key)}` +
        didYouMean(key, ["edition"]),
    );
  }
  const [edition, ...more] = values.getAll("edition");
  if (more.length > 0) {
    throw new UsageError("expected edition= once in a node subject, got it several times");
  }
  return edition === undefined ? undefined : editionNamed(edition);
}
