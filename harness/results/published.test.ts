import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { resultSchema } from "./json-schema";

describe("what is published of result files (`npm run schema` rewrites it)", () => {
  it("is the JSON Schema of their records", () => {
    const published = join(__dirname, "../../docs/result-v1.schema.json");

    expect(readFileSync(published, "utf8")).to.equal(resultSchema());
  });
});
