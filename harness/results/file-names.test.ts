import { expect } from "chai";

import { FileNames } from "./file-names";

describe("the file of a subject", () => {
  const nameFor = (subject: string) => new FileNames().nameFor({ subject });

  it("has a name that can be read", () => {
    expect(nameFor("python:/opt/py/bin/python3.13?run=a.b:run")).to.equal(
      "python-opt-py-bin-python3.13-run=a.b-run.ndjson",
    );
  });

  it("has a name no system stumbles over", () => {
    expect(["../../etc", "—", "", "a".repeat(500), "-rf", "CON: x"].map(nameFor)).to.deep.equal([
      "etc.ndjson",
      "subject.ndjson",
      "subject.ndjson",
      `${"a".repeat(120)}.ndjson`,
      "rf.ndjson",
      "CON-x.ndjson",
    ]);
  });

  it("has a name of its own, also where large and small letters are the same", () => {
    const names = new FileNames();

    expect(["a:b", "a/b", "A?b"].map((subject) => names.nameFor({ subject }))).to.deep.equal([
      "a-b.ndjson",
      "a-b.2.ndjson",
      "A-b.3.ndjson",
    ]);
  });

  it("tells editions and shares apart that were asked for", () => {
    expect(
      new FileNames().nameFor({
        ...{ subject: "reference", edition: "3.12", shard: { index: 2, of: 3 } },
      }),
    ).to.equal("reference.edition-3.12.shard-2-of-3.ndjson");
  });
});
