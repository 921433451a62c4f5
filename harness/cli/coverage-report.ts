import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { requirements } from "../../spec/catalogue";
import { editions, newestEdition, type Edition } from "../../spec/editions";
import { packageRoot } from "../adapters/package-root";
import { exitCodes } from "./exit-codes";
import { processOutput, type Output } from "./output";
import { perform } from "./program";
import { discoveredSubjects } from "./subjects/resolve";
import { loadSuite } from "../judge/load-suite";
import { coverageReport, type Coverage } from "../report/coverage";
import { columnsOf, UnusableResults } from "../report/coverage-columns";
import { compareCoverage } from "../report/coverage-committed";
import { killsOf } from "../report/coverage-kills";

/*
 * npm run coverage-report -- [--check [--quick]] [--results FILE]… [--jobs N] [--timeout-multiplier N]
 *
 * Writes COVERAGE.md, or with --check says whether it is still true. Without --results, which are files of `run
 * --json`, every subject of this machine is judged: each Python by its own edition, the reference by every edition, or
 * with --quick by the newest.
 */

const committed = join(packageRoot(), "COVERAGE.md");
const killMatrix = join(packageRoot(), "conformance/faults/kill-matrix.json");

async function main(output: Output): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      results: { type: "string", multiple: true },
      jobs: { type: "string" },
      "timeout-multiplier": { type: "string" },
    },
  });
  if (values.quick && !values.check) {
    throw new UnusableResults(
      "expected --quick with --check, got it alone; the file is written from every edition",
    );
  }
  const texts =
    values.results?.map((file) => readFileSync(file, "utf8")) ??
    (await judgeEverything(
      (["jobs", "timeout-multiplier"] as const).flatMap((name) => {
        const value = values[name];
        return value === undefined ? [] : [`--${name}`, value];
      }),
      values.quick ? [newestEdition] : editions,
      output,
    ));
  const coverage: Coverage = {
    requirements,
    tests: testCounts(),
    kills: kills(output),
    columns: columnsOf(texts, requirements),
  };
  if (values.check) return check(coverage, output);
  writeFileSync(committed, coverageReport(coverage));
  return 0;
}

function check(coverage: Coverage, output: Output): number {
  const { differences, trusted, unknown } = compareCoverage(
    existsSync(committed) ? readFileSync(committed, "utf8") : "",
    coverage,
  );
  if (trusted.length > 0) output.narrate(`not on this machine, so trusted: ${trusted.join(", ")}`);
  if (unknown.length > 0) output.narrate(`not in COVERAGE.md, so ignored: ${unknown.join(", ")}`);
  if (differences.length === 0) return 0;
  output.print(
    [
      "COVERAGE.md is not what was found out here (- committed, + here):",
      ...differences,
      "if that is right, run npm run coverage-report and commit the file",
    ].join("\n"),
  );
  return 1;
}

async function judgeEverything(
  options: readonly string[],
  referenceEditions: readonly Edition[],
  output: Output,
): Promise<readonly string[]> {
  const found = (await discoveredSubjects(output)).map(({ name }) => name);
  const subjects = found.flatMap((name) =>
    name === "reference" ? referenceEditions.map((edition) => `reference@${edition}`) : [name],
  );
  const folder = mkdtempSync(join(tmpdir(), "coverage-"));
  try {
    const file = join(folder, "results.json");
    const narration: Output = { ...output, print: () => undefined };
    const code = await perform(["run", ...subjects, "--json", file, ...options], narration);
    if (code === exitCodes.interrupted) throw new UnusableResults("interrupted");
    return [readFileSync(file, "utf8")];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function kills(output: Output): ReadonlyMap<string, number> {
  if (existsSync(killMatrix)) return killsOf(readFileSync(killMatrix, "utf8"));
  output.narrate("there is no kill matrix, so everything reads unproven; run npm run faults first");
  return new Map();
}

function testCounts(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { requirement } of loadSuite()) {
    counts.set(requirement.id, (counts.get(requirement.id) ?? 0) + 1);
  }
  return counts;
}

const output = processOutput();
main(output).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    output.narrate(
      error instanceof UnusableResults ? error.message : String((error as Error).stack),
    );
    process.exitCode = 4;
  },
);
