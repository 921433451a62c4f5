import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { discoverInterpreters, isTooOld } from "../adapters/python/discover";
import { cli, fixture, processesWith } from "./testing";

/** Enough for any requirement that is judged quickly. */
const quick = ["--requirement", "result.run-returns-the-object"];

describe("bad input", () => {
  const mistakes: Record<string, { args: string[]; says: RegExp }> = {
    "an unknown kind of subject": {
      args: ["run", "pyhton:python3"],
      says: /no kind of subject is called "pyhton"; did you mean "python"\?/,
    },
    "an interpreter without its kind": {
      args: ["run", "python3.13"],
      says: /got "python3.13"; did you mean "python:python3.13"\?/,
    },
    "an unknown key of a python subject": {
      args: ["run", "python:python3?loop_factroy=a:b"],
      says: /expected one of runner, .*, got "loop_factroy"; did you mean "loop_factory"\?/,
    },
    "a search path that does not exist": {
      args: ["run", "python:python3?path=/no/such/folder"],
      says: /expected path= to name a folder, got "\/no\/such\/folder"/,
    },
    "an unknown edition": {
      args: ["run", "python:python3", "--edition", "3.31"],
      says: /expected an edition out of 3\.7, .*, got "3\.31"; did you mean "3\.11"\?/,
    },
    "a family that does not exist": {
      args: ["run", "python:python3", "--family", "resutl"],
      says: /got "resutl", which matches nothing; did you mean "result"\?/,
    },
    "a requirement that does not exist": {
      args: ["run", "python:python3", "--requirement", "result.run-returns-an-object"],
      says: /which matches nothing; did you mean "result\.run-returns-the-object"\?/,
    },
    "a requirement another edition asks for": {
      args: [
        ...["run", "python:python3", "--edition", "3.8"],
        ...["--requirement", "result.runner-returns-the-object"],
      ],
      says: /expected something edition 3\.8 asks for, got result\.runner-returns-the-object, asked for only by 3\.11-draft/,
    },
    "a title no test has": {
      args: ["run", "python:python3", ...quick, "--grep", "identty"],
      says: /expected a test of the catalogue, got "identty", which matches nothing; did you mean "identity"\?/,
    },
    "a grep that is no expression": {
      args: ["run", "python:python3", "--grep", "("],
      says: /expected a regular expression after --grep, got "\("/,
    },
    "a number of jobs that is none": {
      args: ["run", "python:python3", "--jobs", "0"],
      says: /expected a positive number after --jobs, got "0"/,
    },
    "a report in a folder that does not exist": {
      args: ["run", "python:python3", "--json", "/no/such/folder/report.json"],
      says: /expected a file to write after --json, .*: there is no folder \/no\/such\/folder/,
    },
    "a report that is a folder": {
      args: ["run", "python:python3", "--json", "/"],
      says: /expected a file to write after --json, got "\/": it is a folder/,
    },
    "an option that does not exist": {
      args: ["run", "--editoin", "3.12"],
      says: /unknown option '--editoin'\s+\(Did you mean --edition\?\)/,
    },
    "a requirement to show that does not exist": {
      args: ["show", "result.run-returns"],
      says: /expected a requirement of the catalogue, got "result\.run-returns"; did you mean/,
    },
  };
  for (const [what, { args, says }] of Object.entries(mistakes)) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await cli(...args);

      expect(stderr).to.match(says);
      expect([code, stdout]).to.deep.equal([2, ""]);
    });
  }
});

describe("a subject that cannot be judged", () => {
  const subjects: Record<string, { subject: string; args?: string[]; says: RegExp }> = {
    "is no program": {
      subject: "python:/no/such/python",
      says: /not-found\s+expected to start \/no\/such\/python/,
    },
    "dies at start": {
      subject: `python:${fixture("dies-at-start")}`,
      says: /died-before-hello[\s\S]*\| error while loading shared libraries/,
    },
    "prints noise": {
      subject: `python:${fixture("prints-noise")}`,
      says: /not-hello[\s\S]*welcome to my Python/,
    },
    "hangs before hello": {
      subject: `python:${fixture("hangs-before-hello")}`,
      args: ["--timeout-multiplier", "0.02"],
      says: /no-hello[\s\S]*got\s+silence/,
    },
    "speaks another protocol": {
      subject: `python:${fixture("speaks-another-protocol")}`,
      says: /wrong-protocol[\s\S]*got\s+99/,
    },
    "names a module that does not exist": {
      subject: "python:python3?runner=no_such_module:Runner",
      says: /refused[\s\S]*No module named 'no_such_module'/,
    },
    "names a module that raises": {
      subject: `python:python3?path=${fixture("")}&run=raises_at_import:run`,
      says: /refused[\s\S]*OSError: no licence for this module/,
    },
    "names something its module does not have": {
      subject: "python:python3?runner=asyncio:Rummer",
      says: /refused[\s\S]*module asyncio has no Rummer/,
    },
  };
  for (const [what, { subject, args = [], says }] of Object.entries(subjects)) {
    it(`gets its own line when it ${what}`, async () => {
      const { code, stdout } = await cli("run", subject, ...quick, ...args);

      expect(stdout).to.match(says);
      expect(stdout).to.match(/not judged/);
      expect(code).to.equal(3);
      expect(await processesWith(fixture(""))).to.deep.equal([]);
    });
  }

  it("leaves no child of a wrapper script behind", async () => {
    const { code } = await cli("run", `python:${fixture("wraps-a-child")}`, ...quick);

    expect(code).to.equal(3);
    expect(await processesWith("sleep 61.25")).to.deep.equal([]);
  });

  it("does not keep the others from being judged", async () => {
    const { code, stdout } = await cli("run", "python:/no/such/python", "python:python3", ...quick);

    expect(stdout).to.match(/python:\/no\/such\/python .*not judged/);
    expect(stdout).to.match(/python:python3 .* 1\/1 /);
    expect(code).to.equal(3);
  });

  it("is told that it is too old", async function () {
    const old = (await discoverInterpreters()).filter(isTooOld);
    if (old.length === 0) this.skip();
    for (const { path, version } of old) {
      const { code, stdout } = await cli("run", `python:${path}`, ...quick);

      expect(stdout).to.match(/needs\s+Python\s+3\.7\s+or\s+newer/);
      expect(stdout).to.include(version);
      expect(code).to.equal(3);
    }
  });
});

describe("a configuration file", () => {
  const before = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "runner-conformance-config-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  const write = (text: string) => {
    writeFileSync(join(folder, "runner-conformance.config.yaml"), text);
  };

  it("names subjects", async () => {
    write("subjects:\n  mine:\n    subject: python:python3\n    edition: '3.9'\n");

    const { code, stdout } = await cli("run", "mine", ...quick);

    expect(stdout).to.match(/mine .* 3\.9 +1\/1/);
    expect(code).to.equal(0);
  });

  const mistakes: Record<string, { text: string; says: RegExp }> = {
    "an unknown key": {
      text: "# mine\nsubject:\n  mine: python:python3\n",
      says: /config\.yaml:2: expected one of the keys subjects, expectations, got "subject"; did you mean "subjects"\?/,
    },
    "an unknown key of a subject": {
      text: "subjects:\n  mine:\n    subject: python:python3\n    editon: '3.9'\n",
      says: /config\.yaml:4: expected one of the keys subject, edition, env, expectations, got "editon"; did you mean "edition"\?/,
    },
    "an unknown edition": {
      text: "subjects:\n  mine: { subject: 'python:python3', edition: '3.6' }\n",
      says: /config\.yaml:2: subjects\.mine/,
    },
    "something that is no YAML": {
      text: "subjects: [\n",
      says: /config\.yaml:\d: expected YAML, got/,
    },
    "no such subject": {
      text: "subjects:\n  mine: python:python3\n",
      says: /got "mime"; did you mean "mine"\?/,
    },
  };
  for (const [what, { text, says }] of Object.entries(mistakes)) {
    it(`is refused for ${what}`, async () => {
      write(text);

      const { code, stderr } = await cli("run", "mime", ...quick);

      expect(stderr).to.match(says);
      expect(code).to.equal(2);
    });
  }
});
