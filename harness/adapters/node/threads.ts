import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from "node:worker_threads";

import { nextThread, type InboxMemory } from "./inbox";
import { Encoded, EncodedFailure } from "./requests";
import { refsPerThread, Senseless, type Values } from "./values";

/** What a thread of a session is started with. */
export interface ThreadOrder {
  readonly memory: InboxMemory;
  readonly module: string;
  readonly edition: string | undefined;
  /** The function puppet to run. */
  readonly puppet: number;
  /** The number of the thread's first object. */
  readonly firstRef: number;
  /** Set to 1 when the thread is done. */
  readonly done: Int32Array;
  readonly port: MessagePort;
}

/** How a thread ended: values are encoded already. */
export type ThreadResult = { readonly returned: unknown } | { readonly raised: unknown };

/** Workers of the adapter's own. */
export const ownWorkers = new WeakSet<Worker>();

/** Runs function puppets in threads while the caller blocks. Objects cross as their numbers only. */
export class Threads {
  readonly #memory: InboxMemory;
  readonly #module: string;
  readonly #edition: string | undefined;
  readonly #values: () => Values;
  #others = 0;

  constructor(
    memory: InboxMemory,
    implementation: { module: string; edition: string | undefined },
    values: () => Values,
  ) {
    this.#memory = memory;
    this.#module = implementation.module;
    this.#edition = implementation.edition;
    this.#values = values;
    process.on("worker", (worker) => {
      if (ownWorkers.has(worker)) return;
      this.#others += 1;
      worker.once("exit", () => (this.#others -= 1));
    });
  }

  /** How many threads run JavaScript, the main thread included and the adapter's own not. */
  async count(): Promise<number> {
    // Node tells of a new worker a little later than it starts.
    await new Promise((resolve) => setImmediate(resolve));
    return 1 + this.#others;
  }

  run(body: unknown): Encoded {
    const puppet = (this.#values().encode(body) as { puppet?: number } | null)?.puppet;
    if (puppet === undefined) throw new Senseless("expected a function puppet");
    const done = new Int32Array(new SharedArrayBuffer(4));
    const { port1, port2 } = new MessageChannel();
    const order: ThreadOrder = {
      memory: this.#memory,
      module: this.#module,
      edition: this.#edition,
      puppet,
      firstRef: refsPerThread * nextThread(this.#memory),
      done,
      port: port2,
    };
    const worker = new Worker(require.resolve("./thread"), {
      workerData: order,
      transferList: [port2],
    });
    // Blocks like Thread.join(): the thread speaks, this one does not.
    Atomics.wait(done, 0, 0);
    const result = receiveMessageOnPort(port1)?.message as ThreadResult;
    void worker.terminate();
    if ("raised" in result) throw new EncodedFailure(result.raised);
    return new Encoded(result.returned);
  }
}
