import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { packageRoot } from "../../adapters/package-root";
import { parseSubject } from "./parse";

const script = `${packageRoot()}/harness/adapters/python/adapter.py`;
const parsed = (text: string) => parseSubject(text, packageRoot()).command;

describe("a subject string", () => {
  it("names an interpreter", () => {
    expect(parsed("python:/opt/python/bin/python3")).to.deep.include({
      command: "/opt/python/bin/python3",
      args: [script],
    });
  });

  it("says what is driven, and how", () => {
    const text =
      "python:./bin/python?runner=mod:Runner&run=none&loop_factory=uvloop:new_event_loop" +
      "&path=spec&path=harness&setup=prepare&editions=3.11,3.12&without=executor&call=function&flags=-X+dev";

    expect(parsed(text)).to.deep.include({
      command: `${packageRoot()}/bin/python`,
      args: [
        ...["-X", "dev", script, "--runner", "mod:Runner", "--run", "none"],
        ...["--loop-factory", "uvloop:new_event_loop", "--setup", "prepare"],
        ...["--path", `${packageRoot()}/spec`, "--path", `${packageRoot()}/harness`],
        ...["--editions", "3.11,3.12", "--without", "executor", "--call-style", "function"],
      ],
    });
  });

  describe("of Pyodide", () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "pyodide-"));
      writeFileSync(join(folder, "pyodide.mjs"), "");
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    it("names its folder, and drives it with this Node", () => {
      const { command, args } = parsed(`pyodide:${folder}?snapshot=kept&run=mod:run`);

      expect(command).to.equal(process.execPath);
      expect(
        args.slice(args.indexOf(script.replace("adapter.py", "pyodide.mjs")) + 1),
      ).to.deep.equal([
        "--pyodide",
        folder,
        "--snapshot",
        `${packageRoot()}/kept`,
        "--run",
        "mod:run",
      ]);
    });

    it("has no flags, because Node starts it", () => {
      expect(() => parsed(`pyodide:${folder}?flags=-X+dev`)).to.throw(
        /in a pyodide subject, got "flags"/,
      );
    });
  });

  it("names a module, and the edition it is to be", () => {
    const module = "./examples/tiny-implementation.mjs";
    const { command, edition } = parseSubject(`node:${module}?edition=3.12`, packageRoot());

    expect(edition).to.equal("3.12");
    expect(command.args.slice(-3)).to.deep.equal([
      `${packageRoot()}/examples/tiny-implementation.mjs`,
      "--edition",
      "3.12",
    ]);
    expect(parseSubject(`node:${module}`, packageRoot())).to.not.have.property("edition");
  });

  it("names an adapter of somebody else's, with quoted words", () => {
    expect(parsed("command:./adapter --name 'two words' --x=\"y z\"")).to.deep.equal({
      command: "./adapter",
      args: ["--name", "two words", "--x=y z"],
      cwd: packageRoot(),
    });
  });

  const mistakes: Record<string, { text: string; says: RegExp }> = {
    "no interpreter": { text: "python:", says: /expected an interpreter after python:/ },
    "no Pyodide": {
      text: "pyodide:spec",
      says: /a folder with pyodide\.mjs after pyodide:, got "spec"/,
    },
    "a key given twice": { text: "python:p?run=a:b&run=c:d", says: /expected run= once/ },
    "no command": { text: "command: ", says: /expected a program after command:/ },
    "an open quote": { text: "command:x 'y", says: /expected every quote to be closed/ },
    "no module": { text: "node:./no-such-file.js", says: /node:/ },
    "a wrong edition": {
      text: "node:./examples/tiny-implementation.mjs?edition=3.21",
      says: /expected an edition out of 3\.7, .*, got "3\.21"/,
    },
    "an edition given twice": {
      text: "node:./examples/tiny-implementation.mjs?edition=3.12&edition=3.13",
      says: /expected edition= once/,
    },
    "a key of node: that does not exist": {
      text: "node:./examples/tiny-implementation.mjs?editions=3.12",
      says: /expected edition= in a node subject, got "editions"; did you mean "edition"/,
    },
    "an unknown kind": { text: "ruby:3", says: /no kind of subject is called "ruby"/ },
  };
  for (const [what, { text, says }] of Object.entries(mistakes)) {
    it(`is refused with ${what}`, () => {
      expect(() => parsed(text)).to.throw(says);
    });
  }
});
