/** How much of an adapter's stderr is kept, in bytes. */
export const longestTail = 64 * 1024;

/** The end of a stream, so that a flood costs no memory. */
export class StderrTail {
  #chunks: Buffer[] = [];
  #kept = 0;
  #total = 0;

  /** Bytes seen so far; a mark for `since`. */
  get total(): number {
    return this.#total;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    this.#total += chunk.length;
    // Whole chunks only, and in one go once twice the tail is held: the cost per byte stays constant.
    if (this.#kept > 2 * longestTail) {
      this.#chunks = [Buffer.concat(this.#chunks).subarray(-longestTail)];
      this.#kept = longestTail;
    }
  }

  /** What came after a mark, or the end of it. */
  since(mark: number): string {
    const wanted = Math.min(this.#total - mark, this.#kept, longestTail);
    if (wanted <= 0) return "";
    return wholeCharacters(Buffer.concat(this.#chunks).subarray(-wanted)).toString();
  }

  toString(): string {
    return this.since(0);
  }
}

/** Drops the rest of a character that was cut in two. */
function wholeCharacters(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return bytes.subarray(start);
}
