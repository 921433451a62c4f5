import {
  chmodSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { temporaryFolder } from "../results/testing";
import { UsageError } from "../usage-error";
import { writeAtomically } from "./write-atomically";

describe("a file written whole or not at all", () => {
  const folder = temporaryFolder();
  const inside = (name: string) => join(folder(), name);

  it("replaces what was there and leaves nothing beside", () => {
    writeFileSync(inside("it"), "old");
    chmodSync(inside("it"), 0o640);

    writeAtomically(inside("it"), "new");

    expect(readFileSync(inside("it"), "utf8")).to.equal("new");
    expect(statSync(inside("it")).mode & 0o777).to.equal(0o640);
    expect(readdirSync(folder())).to.deep.equal(["it"]);
  });

  it("follows a link", function () {
    if (process.platform === "win32") this.skip();
    writeFileSync(inside("it"), "old");
    symlinkSync("it", inside("link"));

    writeAtomically(inside("link"), "new");

    expect(readFileSync(inside("it"), "utf8")).to.equal("new");
  });

  it("refuses a folder that is gone, and a device that is full", function () {
    const gone = inside("gone/it");

    expect(() => {
      writeAtomically(gone, "new");
    }).to.throw(
      UsageError,
      /^expected to write ".*gone\/it", got ENOENT.*; name a file that can be written$/,
    );
    if (process.platform !== "linux") this.skip();
    expect(() => {
      writeAtomically("/dev/full", "new");
    }).to.throw(UsageError, /^expected to write "\/dev\/full", got ENOSPC/);
  });
});
