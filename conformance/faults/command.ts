import { join } from "node:path";

import { nodeAdapter, nodeAdapterScript } from "../../harness/adapters/node/launch";
import { discoverInterpreters } from "../../harness/adapters/python/discover";
import { pythonAdapter } from "../../harness/adapters/python/launch";
import { packageRoot } from "../../harness/adapters/package-root";
import type { AdapterCommand } from "../../harness/session/command";
import { isEdition, isSince, type Edition } from "../../spec/editions";
import { applies } from "../../spec/requirement";
import { editionOf, faultVariable, type Fault } from "./fault";

/** The reference without a fault. */
export function wholeReference(edition: Edition): AdapterCommand {
  const script = nodeAdapterScript();
  if (script === undefined) throw new Error("expected the Node adapter beside the suite");
  return nodeAdapter(script, require.resolve("./subject"), ["--edition", edition]);
}

/** How the adapter of a fault is started, and by which edition it is judged. */
export interface FaultCommand {
  readonly command: AdapterCommand;
  readonly edition: Edition;
}

/** Undefined where this machine has no Python for the fault. A Python is judged by its own edition. */
export async function commandFor(fault: Fault): Promise<FaultCommand | undefined> {
  if ("inject" in fault) {
    const edition = editionOf(fault);
    const env = { [faultVariable]: fault.name };
    return { command: { ...wholeReference(edition), env }, edition };
  }
  const python = await newestPython();
  if (python === undefined || !applies(fault.breaks, python.edition)) return undefined;
  const path = [join(packageRoot(), "conformance/faults/python")];
  return {
    command: pythonAdapter(python.path, { ...fault.python, path }),
    edition: python.edition,
  };
}

/** The newest CPython of this machine that has asyncio.Runner. */
async function newestPython(): Promise<{ path: string; edition: Edition } | undefined> {
  known ??= discoverInterpreters();
  const usable = (await known).flatMap(({ implementation, version, path }) => {
    const edition = version.split(".").slice(0, 2).join(".");
    const fits = implementation === "cpython" && isEdition(edition) && isSince(edition, "3.11");
    return fits ? [{ path, edition }] : [];
  });
  return usable.at(-1);
}

let known: ReturnType<typeof discoverInterpreters> | undefined;
