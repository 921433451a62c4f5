import { join } from "node:path";

import { nodeAdapter, nodeAdapterScript } from "../../harness/adapters/node/launch";
import { discoverInterpreters } from "../../harness/adapters/python/discover";
import { pythonAdapter } from "../../harness/adapters/python/launch";
import { packageRoot } from "../../harness/adapters/package-root";
import type { AdapterCommand } from "../../harness/session/command";
import { isSince, type Edition } from "../../spec/editions";
import { editionOf, faultVariable, type Fault } from "./fault";

/** The reference without a fault. */
export function wholeReference(edition: Edition): AdapterCommand {
  const script = nodeAdapterScript();
  if (script === undefined) throw new Error("expected the Node adapter beside the suite");
  return nodeAdapter(script, require.resolve("./subject"), ["--edition", edition]);
}

/** How the adapter of a fault is started; undefined where this machine has no Python for it. */
export async function commandFor(fault: Fault): Promise<AdapterCommand | undefined> {
  const edition = editionOf(fault);
  if ("inject" in fault) {
    return { ...wholeReference(edition), env: { [faultVariable]: fault.name } };
  }
  const interpreter = await interpreterWithRunner();
  if (interpreter === undefined) return undefined;
  const path = [join(packageRoot(), "conformance/faults/python")];
  return pythonAdapter(interpreter, { ...fault.python, path, editions: edition });
}

/** A CPython that has asyncio.Runner: the newest of this machine. */
async function interpreterWithRunner(): Promise<string | undefined> {
  known ??= discoverInterpreters();
  const usable = (await known).filter(({ implementation, version }) => {
    const release = version.split(".").slice(0, 2).join(".");
    return implementation === "cpython" && isSince(release as Edition, "3.11");
  });
  return usable.at(-1)?.path;
}

let known: ReturnType<typeof discoverInterpreters> | undefined;
