import { isUtf8 } from "node:buffer";

import { longestFrame, shown } from "../protocol/frames";

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = 0xfeff;
const nothing = Buffer.alloc(0);

/** Who hears what a stream of lines says. */
export interface LineListener {
  line(line: string): void;
  /** The stream broke a rule of framing; nothing is heard from it any more. */
  fault(message: string): void;
}

/**
 * Cuts bytes into lines of strict UTF-8. Blank lines are skipped and a carriage return before the newline is dropped.
 * A chunk is almost always exactly one line, so that case copies nothing.
 */
export class LineReader {
  readonly #listener: LineListener;
  #pieces: Buffer[] = [];
  #pending = 0;
  #faulty = false;

  constructor(listener: LineListener) {
    this.#listener = listener;
  }

  push(chunk: Buffer): void {
    let start = 0;
    while (!this.#faulty) {
      const end = chunk.indexOf(newline, start);
      if (end === -1) break;
      this.#line(this.#withPending(chunk.subarray(start, end)));
      start = end + 1;
    }
    if (start < chunk.length && !this.#faulty) this.#keep(chunk.subarray(start));
  }

  /** What has come of a line that is not ended yet. */
  get unfinished(): string {
    return Buffer.concat(this.#pieces).toString();
  }

  /** The stream is over. */
  end(): void {
    if (this.#faulty || this.#pending === 0) return;
    const rest = this.#withPending(nothing).toString();
    this.#fault(
      `expected every line to end with a newline, got the end of stdout after ${shown(rest)}; write the newline and flush before exiting`,
    );
  }

  #keep(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#pending += piece.length;
    if (this.#pending > longestFrame) this.#tooLong(this.#withPending(nothing));
  }

  #withPending(last: Buffer): Buffer {
    if (this.#pending === 0) return last;
    const whole = Buffer.concat([...this.#pieces, last]);
    this.#pieces = [];
    this.#pending = 0;
    return whole;
  }

  #line(bytes: Buffer): void {
    if (bytes.length > longestFrame) {
      this.#tooLong(bytes);
      return;
    }
    if (!isUtf8(bytes)) {
      this.#fault(
        `expected UTF-8 on stdout, got bytes that are not in ${shown(bytes.toString())}; write every line as UTF-8`,
      );
      return;
    }
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    const line = bytes.toString("utf8", 0, end);
    if (line.charCodeAt(0) === byteOrderMark) {
      this.#fault(
        `expected UTF-8 without a byte order mark, got one before ${shown(line.slice(1))}; write plain UTF-8`,
      );
    } else if (line.trim() !== "") this.#listener.line(line);
  }

  #tooLong(bytes: Buffer): void {
    this.#fault(
      `expected lines of at most ${longestFrame} bytes, got a longer one that starts with ${shown(bytes.toString("utf8", 0, 60))}; send less at once`,
    );
  }

  #fault(message: string): void {
    this.#faulty = true;
    this.#listener.fault(message);
  }
}
