import { expect } from "chai";

import { longestFrame } from "../protocol/frames";
import { LineReader } from "./lines";

/** What a reader hears of these chunks and the end. */
function heard(...chunks: (string | Buffer)[]): string[] {
  const trace: string[] = [];
  const reader = new LineReader({
    line: (line) => trace.push(line),
    fault: (message) => trace.push(`FAULT ${message}`),
  });
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  reader.end();
  return trace;
}

describe("lines", () => {
  it("are found in whole, split and joined chunks", () => {
    expect(heard("one\n", "tw", "o\nthree\nfo", "u", "r\n")).to.deep.equal([
      "one",
      "two",
      "three",
      "four",
    ]);
  });

  it("may end with a carriage return, and blank ones are skipped", () => {
    expect(heard("\none\r\n\r\n  \ntwo\r\n")).to.deep.equal(["one", "two"]);
  });

  it("may be cut inside a character", () => {
    const bytes = Buffer.from("né\n");

    expect(heard(bytes.subarray(0, 2), bytes.subarray(2))).to.deep.equal(["né"]);
  });

  it("may be as long as the longest frame, in many pieces", () => {
    const piece = "x".repeat(longestFrame / 16);

    const [line] = heard(...Array<string>(16).fill(piece), "\n");

    expect(line?.length).to.equal(longestFrame);
  });

  const tooLong = `FAULT expected lines of at most 1048576 bytes, got a longer one that starts with "${"x".repeat(60)}"; send less at once`;
  const faults = {
    "that are too long, at once": [["x".repeat(longestFrame + 1) + "\n"], [tooLong]],
    "that are too long and never end": [["x".repeat(longestFrame), "x", "\nnext\n"], [tooLong]],
    "with a byte order mark": [
      ["\ufeffone\ntwo\n"],
      ['FAULT expected UTF-8 without a byte order mark, got one before "one"; write plain UTF-8'],
    ],
    "that are not UTF-8": [
      ["one\n", Buffer.from([0x63, 0xe9, 0x0a])],
      [
        "one",
        'FAULT expected UTF-8 on stdout, got bytes that are not in "c\ufffd"; write every line as UTF-8',
      ],
    ],
    "without an end": [
      ['one\n{"type":'],
      [
        "one",
        'FAULT expected every line to end with a newline, got the end of stdout after "{\\"type\\":"; write the newline and flush before exiting',
      ],
    ],
  } as const;
  for (const [what, [chunks, expected]] of Object.entries(faults)) {
    it(`${what} are refused, and nothing is heard after them`, () => {
      expect(heard(...chunks)).to.deep.equal(expected);
    });
  }
});
