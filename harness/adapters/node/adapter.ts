import { Worker } from "node:worker_threads";
import { parseArgs } from "node:util";

import { newInboxMemory } from "./inbox";
import type { Implementation } from "./implementation";
import { load } from "./load";
import { SessionWorld } from "./session-world";
import { ownWorkers } from "./threads";
import { Wire, type Frame } from "./wire";

/** Drives a JavaScript or TypeScript implementation: `node adapter.js MODULE [--edition EDITION]`. */
async function main(): Promise<void> {
  const { values: options, positionals } = parseArgs({
    allowPositionals: true,
    options: { edition: { type: "string" } },
  });
  const [module = ""] = positionals;
  freeStandardOutput();
  const implementation = await load(module, options.edition);
  const memory = newInboxMemory();
  const reader = new Worker(require.resolve("./reader"), { workerData: memory });
  reader.unref();
  ownWorkers.add(reader);
  const wire = new Wire(memory);
  const world = new SessionWorld(implementation, wire, { module, edition: options.edition });
  wire.send(hello(implementation));
  for (;;) await serve(wire.receive(), wire, world, implementation);
}

async function serve(
  frame: Frame,
  wire: Wire,
  world: SessionWorld,
  implementation: Implementation,
): Promise<void> {
  switch (frame.type) {
    case "open":
      world.begin();
      implementation.setGlobalDebug?.(frame["globalDebug"] !== undefined);
      wire.send({ type: "opened", pid: process.pid });
      break;
    case "call":
      wire.send(await world.requests.answer(frame));
      break;
    case "close": {
      const leaks = world.end();
      wire.send({ type: "closed", ...(leaks.length === 0 ? {} : { leaks }) });
      break;
    }
    default:
      // Left over from a session that was dropped; nothing to do.
      break;
  }
}

const hello = ({ name, version, details, editions, features }: Implementation): Frame => ({
  type: "hello",
  protocol: 1,
  subject: {
    name,
    version,
    language: `Node.js ${process.versions.node}`,
    platform: process.platform,
    ...(details === undefined ? {} : { details }),
  },
  editions,
  features,
  isolation: "shared",
});

/** The protocol owns descriptor 1; what programs print goes to standard error. */
function freeStandardOutput(): void {
  Object.defineProperty(process, "stdout", { get: () => process.stderr });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? String(error.stack) : String(error)}\n`);
  process.exit(3);
});
