import { writeSync } from "node:fs";

/*
 * Frames from the harness, for whichever thread has the floor.
 *
 * Problem: a puppet blocks its thread while it waits for an instruction, and a spinning one looks without waiting.
 * Node can do neither on its standard input. So a worker reads descriptor 0 and puts lines into shared memory, where
 * any thread can wait for them (Atomics.wait) or look.
 */

const [written, taken, ended, threads] = [0, 1, 2, 3];
const capacity = 1 << 22;

/** The shared memory of an inbox, as it travels to other threads. */
export interface InboxMemory {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
}

export const newInboxMemory = (): InboxMemory => ({
  words: new Int32Array(new SharedArrayBuffer(16)),
  bytes: new Uint8Array(new SharedArrayBuffer(capacity)),
});

/** Numbers the threads of an adapter, whichever thread starts them; the first one is 1. */
export const nextThread = ({ words }: InboxMemory): number => Atomics.add(words, threads, 1) + 1;

/** One end of an inbox. The harness never has more than a few frames under way, so the ring is never full. */
export class Inbox {
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;

  constructor({ words, bytes }: InboxMemory) {
    this.#words = words;
    this.#bytes = bytes;
  }

  /** Adds a line, without its line end. */
  put(line: Uint8Array): void {
    const at = Atomics.load(this.#words, written);
    const length = new Uint8Array(new Int32Array([line.length]).buffer);
    this.#copyIn(at, length);
    this.#copyIn(at + 4, line);
    Atomics.store(this.#words, written, (at + 4 + line.length) | 0);
    Atomics.notify(this.#words, written);
  }

  /** Says that no more lines will come. */
  end(): void {
    Atomics.store(this.#words, ended, 1);
    Atomics.notify(this.#words, written);
  }

  /** The next line, or undefined when there is none yet. */
  look(): string | undefined {
    const at = Atomics.load(this.#words, taken);
    if (at === Atomics.load(this.#words, written)) return undefined;
    const [length = 0] = new Int32Array(this.#copyOut(at, 4).buffer);
    const line = Buffer.from(this.#copyOut(at + 4, length)).toString("utf8");
    Atomics.store(this.#words, taken, (at + 4 + length) | 0);
    return line;
  }

  /** Blocks until there is a line; ends the process when there will be none. */
  take(): string {
    for (;;) {
      const before = Atomics.load(this.#words, written);
      const line = this.look();
      if (line !== undefined) return line;
      // End of input means: end everything. Nothing here is worth an orderly exit.
      if (Atomics.load(this.#words, ended) === 1) process.exit(0);
      Atomics.wait(this.#words, written, before, 1000);
    }
  }

  #copyIn(at: number, from: Uint8Array): void {
    for (const [i, byte] of from.entries()) this.#bytes[(at + i) % capacity] = byte;
  }

  #copyOut(at: number, length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++) out[i] = this.#bytes[(at + i) % capacity] ?? 0;
    return out;
  }
}

/** Writes a frame on the protocol's descriptor, from any thread. */
export function writeFrame(fd: number, frame: object): void {
  let rest = Buffer.from(`${JSON.stringify(frame)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      // A pipe that is full for a moment; the harness reads all the time.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
