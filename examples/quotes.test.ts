import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect } from "chai";

/** `<!-- from: PATH -->` in the documentation promises that the code block below it is a part of that file. */
const root = dirname(__dirname);
const mark = /^<!-- from: (\S+) -->$/gm;
const markedBlock = /^<!-- from: (\S+) -->\n+```\w*\n(.*?)^```$/gms;

const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));

describe("quotes in the documentation", () => {
  for (const page of pages) {
    const text = readFileSync(join(root, "docs", page), "utf8");
    const quotes = [...text.matchAll(markedBlock)];

    it(`of ${page} stand below each mark`, () => {
      expect(quotes).to.have.length([...text.matchAll(mark)].length);
    });

    for (const [, path = "", code = ""] of quotes) {
      it(`of ${page} are what ${path} says`, () => {
        // The documentation is formatted by itself, so blanks and line breaks may differ.
        const squeezed = (it: string) => it.replace(/\s+/g, "");

        expect(squeezed(readFileSync(join(root, path), "utf8"))).to.include(squeezed(code));
      });
    }
  }
});
