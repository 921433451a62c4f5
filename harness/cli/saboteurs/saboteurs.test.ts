import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { packageRoot } from "../../adapters/package-root";
import { cli, processesWith } from "../testing";
import { floorRules } from "./floor-rules";
import { frameRules } from "./frame-rules";
import { helloRules } from "./hello-rules";
import type { Ending } from "./rule";
import { sessionRules } from "./session-rules";

const rules = [...frameRules, ...helloRules, ...floorRules, ...sessionRules];

/** It has two tests. */
const requirement = "result.run-returns-the-object";

describe("an adapter that misbehaves", function () {
  // The slowest waits six seconds for silence; the rest is for machines with ten times their load.
  this.timeout(60_000);

  /** A process that has nothing to do with any of it. */
  let bystander: ChildProcess;
  before(() => {
    bystander = spawn("sleep", ["1000"]);
  });
  after(() => {
    bystander.kill();
  });

  for (const { sentence, saboteurs } of rules) {
    describe(sentence, () => {
      for (const [name, ending] of Object.entries(saboteurs)) {
        it(name, async () => {
          const marker = `saboteur-${process.pid}-${name}`;
          const command = `node ${join(__dirname, `${name}.mjs`)} ${marker} ${bystander.pid ?? ""}`;

          const { code, stdout, stderr } = await cli(
            ...["run", `command:${command}`, "--requirement", requirement, "--json", "-"],
            ...(ending.onlyOnce === true ? ["--grep", "by identity"] : []),
            ...(ending.patience === undefined
              ? []
              : ["--timeout-multiplier", String(ending.patience)]),
          );

          const told = (text: string) => withoutPids(text.replaceAll(command, "%"));
          expect(await survivors(marker)).to.deep.equal([]);
          expect(endingsIn(stdout, ending, told)).to.deep.equal([judgement(ending)]);
          expect(notesIn(stderr).filter((note) => note !== ending.note)).to.deep.equal([]);
          expect(code).to.equal(exitCodeFor(ending));
          expect([bystander.exitCode, bystander.signalCode]).to.deep.equal([null, null]);
        });
      }
    });
  }

  it("breaks a sentence that the protocol has", () => {
    const page = readFileSync(join(packageRoot(), "docs/protocol.md"), "utf8");
    const protocol = page.replace(/[`*]/g, "").replace(/\s+/g, " ");

    expect(rules.map((rule) => rule.sentence).filter((it) => !protocol.includes(it))).to.deep.equal(
      [],
    );
  });

  it("is judged, each of them", () => {
    const programs = readdirSync(__dirname).filter((file) => file.endsWith(".mjs"));
    const judged = rules.flatMap(({ saboteurs }) => Object.keys(saboteurs));

    expect(judged.map((name) => `${name}.mjs`).sort()).to.deep.equal(
      programs.filter((file) => file !== "honest.mjs").sort(),
    );
  });
});

interface Results {
  readonly subjects: readonly {
    readonly error: { readonly code: string; readonly message: string } | null;
    readonly requirements: readonly { readonly tests: readonly Found[] }[];
  }[];
}

interface Found {
  readonly outcome: string;
  readonly message?: string;
  readonly actual?: string;
}

/** What the report says, each different thing once, in the terms of an Ending. */
function endingsIn(json: string, ending: Ending, told: (text: string) => string): unknown[] {
  const [subject] = (JSON.parse(json) as Results).subjects;
  if (subject?.error !== null && subject !== undefined) {
    return [{ error: subject.error.code, message: told(subject.error.message) }];
  }
  const tests = (subject?.requirements ?? []).flatMap((judged) => judged.tests);
  const endings = tests.map(({ outcome, message, actual }) => ({
    outcome,
    ...(message === undefined ? {} : { message: told(message) }),
    ...("actual" in ending ? { actual } : {}),
  }));
  return endings.filter((one, index) => JSON.stringify(one) !== JSON.stringify(endings[index - 1]));
}

/** An ending without its circumstances. */
const judgement = (ending: Ending): unknown =>
  Object.fromEntries(
    Object.entries(ending).filter(([key]) =>
      ["outcome", "error", "message", "actual"].includes(key),
    ),
  );

function exitCodeFor(ending: Ending): number {
  if ("error" in ending) return 3;
  if (ending.outcome === "unsupported") return 5;
  return ending.outcome === "pass" ? 0 : 1;
}

/** What was narrated beside the progress, each once, without the subject's name. */
const notesIn = (narration: string): readonly string[] => [
  ...new Set(
    narration
      .split("\n")
      .filter((line) => !/: \d tests? in .* s, |: [\w-]+ after .* s$|^$/.test(line))
      .map((line) => line.replace(/^command:.*?: /, "")),
  ),
];

const withoutPids = (text: string): string => text.replace(/\bgot \d+, which/, "got a pid, which");

/** Processes of a run that are still there; the kernel may take a moment to end one. */
async function survivors(marker: string): Promise<readonly string[]> {
  for (let turn = 0; turn < 20; turn++) {
    if ((await processesWith(marker)).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return processesWith(marker);
}
