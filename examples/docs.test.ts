import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect } from "chai";
import { format, resolveConfig } from "prettier";

/**
 * `<!-- example: examples/x.ts -->` in the documentation promises that the code block below it is that file, which is
 * run by a test.
 */
const root = dirname(__dirname);
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const marker = /^<!-- example: (\S+) -->$/gm;
const markedBlock = /^<!-- example: (\S+) -->\n+```\w*\n(.*?)^```$/gms;

/** A file as it is shown: without what is said to our own lint, and importing what a user installs. */
async function shown(path: string): Promise<string> {
  const text = read(path)
    .replaceAll(/^\/\* eslint-disable .*\*\/\n/gm, "")
    .replaceAll('from "../reference"', 'from "runner-conformance/reference"');
  const filepath = join(root, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath }); // the import may need two lines now
}

describe("the documentation", () => {
  for (const page of pages) {
    const text = read(page);
    const blocks = [...text.matchAll(markedBlock)];

    it(`of ${page} has a code block below each mark of an example`, () => {
      expect(blocks.map(([, path]) => path)).to.deep.equal(
        [...text.matchAll(marker)].map(([, path]) => path),
      );
    });

    for (const [, path = "", code = ""] of blocks) {
      it(`of ${page} shows ${path} as it is`, async () => {
        expect(code.trim()).to.equal((await shown(path)).trim());
      });
    }
  }

  it("shows every example", () => {
    const marked = pages.flatMap((page) =>
      [...read(page).matchAll(marker)].map(([, path]) => path),
    );
    const examples = readdirSync(__dirname)
      .filter((name) => !/(^|\.)test(ing)?\.ts$/.test(name))
      .map((name) => `examples/${name}`);

    expect(examples.filter((path) => !marked.includes(path))).to.deep.equal([]);
  });
});
