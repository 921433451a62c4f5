import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { decode, encode } from "./frames";
import { jsonSchema } from "./json-schema";
import type { FromHarness } from "./messages";
import { withTables } from "./reference-tables";

const published = (name: string): string =>
  readFileSync(join(__dirname, "../../docs", name), "utf8");

describe("what is published of the protocol (`npm run schema` rewrites it)", () => {
  it("has the JSON Schema of the message types", () => {
    expect(published("protocol-v1.schema.json")).to.equal(jsonSchema());
  });

  it("has the tables of the message types and operations", () => {
    expect(published("protocol.md")).to.equal(withTables(published("protocol.md")));
  });

  it("shows a conversation whose every frame is legal", () => {
    const lines = published("protocol.md").split("\n");
    const ours = framesAfter(lines, "→ ");
    const theirs = framesAfter(lines, "← ");

    expect([ours.length > 8, theirs.length > 8]).to.deep.equal([true, true]);
    for (const frame of ours) encode(JSON.parse(frame) as FromHarness);
    for (const frame of theirs) decode(frame);
  });
});

const framesAfter = (lines: readonly string[], arrow: string): string[] =>
  lines.filter((line) => line.startsWith(arrow)).map((line) => line.slice(arrow.length));
