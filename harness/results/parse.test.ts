import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { UsageError } from "../usage-error";
import { readResults } from "./find";
import { parseResult } from "./parse";
import { linesOf, recorded, smallSelection, temporaryFolder, written } from "./testing";

describe("reading a result file", () => {
  const folder = temporaryFolder();

  /** What is said of a file with these lines. */
  const refusal = (...lines: readonly string[]): string => complaint(lines.join("\n"));
  const complaint = (text: string): string => {
    try {
      parseResult("it", text);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return "nothing";
  };

  it("accepts one that was cut in the middle of a line, without that line", () => {
    const lines = linesOf(folder());
    const [header = "", one = "", two = ""] = lines;

    const cut = parseResult("it", [header, one, two.slice(0, 40)].join("\n"));

    expect([cut.tests.length, cut.footer]).to.deep.equal([1, undefined]);
  });

  it("accepts one whose last line lost only its newline", () => {
    expect(parseResult("it", linesOf(folder()).join("\n")).footer?.complete).to.equal(true);
  });

  it("accepts one that Windows has touched", () => {
    const text = `\uFEFF${linesOf(folder()).join("\r\n")}\r\n`;

    expect(parseResult("it", text).footer?.complete).to.equal(true);
  });

  it("accepts fields it does not know", () => {
    const lines = linesOf(folder()).map((line) => line.replace(/^\{/, '{"later":[1],'));

    expect(parseResult("it", `${lines.join("\n")}\n`).tests).to.have.length(4);
  });

  it("refuses one that is empty", () => {
    for (const text of ["", "\n", " \n\n"]) {
      expect(complaint(text)).to.equal(
        "expected a result file, got it, which is empty; judge again",
      );
    }
  });

  it("refuses one that is cut within its first line", () => {
    const [header = ""] = linesOf(folder());

    expect(refusal(header.slice(0, 60))).to.equal(
      "expected a result file, got it, which is cut within its first line; judge again",
    );
  });

  const foreign: Record<string, string> = {
    "a report that --json wrote": '{\n "schemaVersion": 1,\n "tool": {}\n}\n',
    "JSON of another kind": '{"a": 1}\n',
    "a JUnit report": '<?xml version="1.0"?>\n<testsuites/>\n',
    "an HTML page": "<!DOCTYPE html>\n<title>x</title>\n",
    XML: "<other/>\n",
    "a TAP report": "TAP version 14\n1..1\nok 1\n",
    "a binary file": "\x1f\x8b\0\0\0",
    'text that begins with "subjects:"': "subjects:",
  };
  for (const [what, text] of Object.entries(foreign)) {
    it(`refuses ${what}, and says what it is`, () => {
      expect(complaint(text)).to.equal(
        `expected a result file, got it, which is ${what}; name a file that run --out wrote`,
      );
    });
  }

  it("refuses a newer version", () => {
    const [header = "", ...rest] = linesOf(folder());

    expect(
      refusal(
        header
          .replace('"resultVersion":1', '"resultVersion":2')
          .replace('"version":"1.0.0"', '"version":"9.0.0"'),
        ...rest,
      ),
    ).to.equal(
      "expected it to be a result of version 1, got 2, written by runner-conformance 9.0.0; read it with that version or a newer one",
    );
  });

  it("refuses an older version", () => {
    const [header = "", ...rest] = linesOf(folder());

    expect(refusal(header.replace('"resultVersion":1', '"resultVersion":0'), ...rest)).to.match(
      /got 0, written by runner-conformance 1\.0\.0; read it with that version or judge again$/,
    );
  });

  it("refuses damage in the middle", () => {
    const [header = "", one = "", ...rest] = linesOf(folder());

    expect(refusal(header, one.slice(0, 9), ...rest)).to.equal(
      'it:2: expected one JSON object per line, got "{\\"record\\""; the file is damaged, judge again',
    );
  });

  const damage: Record<string, { of: (lines: readonly string[]) => string[]; says: RegExp }> = {
    "one test twice": {
      of: ([header = "", one = "", ...rest]) => [header, one, one, ...rest],
      says: /^it:3: expected each test once, got "result\..*" again; the file is damaged/,
    },
    "two headers": {
      of: (lines) => [...lines.slice(0, 2), ...lines],
      says: /^it:3: expected one header, got a second one; put files together with runner-conformance merge$/,
    },
    "no header": {
      of: ([, ...rest]) => rest,
      says: /^it:1: expected a header, got "\{.*; the file is damaged/,
    },
    "a line after its end": {
      of: (lines) => [...lines, ...lines.slice(-1)],
      says: /^it:7: expected nothing after the footer, got/,
    },
    "a test of another plan": {
      of: (lines) =>
        lines.map((line) => line.replace(/^(.*"title":")(.*"attempts")/, "$1other $2")),
      says: /^it:2: expected a test of the header, got/,
    },
    "a line that is no record": {
      of: ([header = "", ...rest]) => [header, '{"record":"note"}', ...rest],
      says: /^it:2: expected a test or a footer, got "\{\\"record\\":\\"note\\"\}"/,
    },
    "a line that is null": {
      of: ([header = "", ...rest]) => [header, "null", ...rest],
      says: /^it:2: expected a test or a footer, got "null"/,
    },
    "fewer lines than its end counts": {
      of: ([header = "", , ...rest]) => [header, ...rest],
      says: /^expected it to have the tests its footer counts, got 3 records of 4 tests; lines are missing/,
    },
    "an outcome nobody knows": {
      of: (lines) => lines.map((line) => line.replace('"outcome":"pass"', '"outcome":"fine"')),
      says: /^it:2: expected a record of result version 1, got .*: outcome: Invalid option/,
    },
    "a header that names a test twice": {
      of: (lines) => lines.map((line) => line.replace(/"tests":\[(\{.*?\})/, '"tests":[$1,$1')),
      says: /^it:1: expected each test and requirement once .*, got something twice$/,
    },
    "a test of a requirement that its header does not name": {
      of: (lines) =>
        lines.map((line) => line.replace(/"requirements":\[\{.*?\},?/, '"requirements":[')),
      says: /^it:1: expected each test and requirement once .*, got a test of "result\./,
    },
  };
  for (const [what, { of, says }] of Object.entries(damage)) {
    it(`refuses ${what}`, () => {
      expect(refusal(...of(linesOf(folder())))).to.match(says);
    });
  }

  it("reads every result of a folder, in the order people count, and each once", () => {
    for (const minor of ["9", "10", "11"]) {
      recorded(folder(), { subject: `python:python3.${minor}`, selection: smallSelection() });
    }
    written(folder(), "notes.txt", "mine");

    const read = readResults([folder(), join(folder(), "python-python3.9.ndjson")]);

    expect(read.map(({ header }) => header.subject)).to.deep.equal(
      ["9", "10", "11"].map((minor) => `python:python3.${minor}`),
    );
  });

  it("refuses a folder without results", () => {
    mkdirSync(join(folder(), "empty"));

    expect(() => readResults([join(folder(), "empty")])).to.throw(
      UsageError,
      /^expected result files \(\*\.ndjson\) in .*empty, got none; name a folder that run --out wrote to$/,
    );
  });

  it("refuses what does not exist", () => {
    expect(() => readResults(["/no/such/result"])).to.throw(
      UsageError,
      'expected a result file or a folder of them, got "/no/such/result", which does not exist',
    );
  });
});
