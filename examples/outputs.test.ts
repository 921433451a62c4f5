import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect } from "chai";

import { cli } from "../harness/cli/testing";

/** `<!-- output of: COMMAND -->` in the documentation promises that the block below it is a part of what that prints. */
const root = dirname(__dirname);
const mark = /^<!-- output of: (.+) -->$/gm;
const markedBlock = /^<!-- output of: runner-conformance (.+) -->\n+```\w*\n(.*?)^```$/gms;

const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));

describe("outputs in the documentation", () => {
  for (const page of pages) {
    const text = readFileSync(join(root, "docs", page), "utf8");
    const outputs = [...text.matchAll(markedBlock)];

    it(`of ${page} stand below each mark`, () => {
      expect(outputs).to.have.length([...text.matchAll(mark)].length);
    });

    for (const [, command = "", block = ""] of outputs) {
      it(`of ${page} are what is printed`, async function () {
        this.timeout(60_000);
        const { stdout } = await cli(...wordsOf(command));

        expect(lasting(stdout)).to.include(lasting(block));
      });
    }
  }
});

/** The words of a command line, as a shell would read those we write. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = ""]) => quoted ?? plain);

/** Without what differs in every run. */
const lasting = (text: string): string =>
  text.replace(/ +\d+ ms {2}/g, " N ms  ").replace(/process \d+/g, "process N");
