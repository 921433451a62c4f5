import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { parseSubject } from "../cli/subjects/parse";
import { filledIn } from "./environment";
import { readSubjectFile, realSubjects, subjectsFolder } from "./subject-file";

describe("the real subjects", () => {
  const files = realSubjects();
  /** Holds what a subject string may only name when it is there. */
  let environment: string;
  before(() => {
    environment = mkdtempSync(join(tmpdir(), "environment-"));
    mkdirSync(join(environment, "node_modules/pyodide"), { recursive: true });
    writeFileSync(join(environment, "node_modules/pyodide/pyodide.mjs"), "");
  });
  after(() => {
    rmSync(environment, { recursive: true });
  });

  it("are there", () => {
    expect(files.map(({ name }) => name)).to.include.members(["cpython-3.7", "uvloop", "trio"]);
  });

  for (const file of files) {
    it(`${file.name} can be driven once it is installed`, () => {
      const { subject } = filledIn(file, { folder: environment, python: "/bin/python3" });

      expect(subject).to.not.match(/[{}]/);
      expect(parseSubject(subject, "/").command.args).to.not.have.length(0);
    });

    it(`${file.name} names only files that exist`, () => {
      const explained = join(subjectsFolder(), file.expectations ?? ".");
      const glue = [...file.subject.matchAll(/[=]((?:\w+)_\w+)(?::|&|$)/g)]
        .filter(() => file.subject.includes("{glue}"))
        .map(([, module = ""]) => join(subjectsFolder(), "glue", `${module}.py`));

      expect([explained, ...glue].filter((path) => !existsSync(path))).to.deep.equal([]);
    });

    it(`${file.name} says exactly which releases it wants`, () => {
      const loose = (file.install.pip ?? []).filter((name) => !name.includes("=="));

      expect(loose).to.deep.equal([]);
    });
  }
});

describe("the file of a subject", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "subjects-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const read = (text: string) => {
    writeFileSync(join(folder, "mine.yaml"), text);
    return readSubjectFile(join(folder, "mine.yaml"));
  };
  const good = [
    "name: mine",
    "about: a loop",
    "language: python",
    'install: { python: "3.13" }',
    "subject: python:{python}",
  ];

  it("is read", () => {
    expect(read(good.join("\n"))).to.deep.equal({
      name: "mine",
      about: "a loop",
      language: "python",
      install: { python: "3.13" },
      subject: "python:{python}",
    });
  });

  const mistakes: Record<string, { line: number; instead: string; says: RegExp }> = {
    "another name": { line: 0, instead: "name: yours", says: /expected name: mine, got yours/ },
    "no source": { line: 3, instead: "install: {}", says: /expected python or npm/ },
    "a senseless range": {
      line: 3,
      instead: "install: { python: new }",
      says: /mine\.yaml: .*install\.python/,
    },
    "an unknown key": { line: 1, instead: "about: x\ncolour: red", says: /"colour"/ },
  };
  for (const [what, { line, instead, says }] of Object.entries(mistakes)) {
    it(`is refused with ${what}`, () => {
      expect(() => read(good.with(line, instead).join("\n"))).to.throw(says);
    });
  }
});
