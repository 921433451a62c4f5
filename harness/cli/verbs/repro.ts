import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { requirementOf, requirements } from "../../../spec/catalogue";
import { newestEdition } from "../../../spec/editions";
import type { Requirement } from "../../../spec/requirement";
import { allowances, judge } from "../../judge/judge";
import { loadSuite } from "../../judge/load-suite";
import type { TestResult } from "../../judge/statement";
import { concerns, type ConformanceTest } from "../../judge/suite";
import { isFailure } from "../../judge/verdict";
import { isReproducible, reproduction, type Reproduction } from "../../repro/reproduction";
import { tried } from "../../repro/trial";
import { Adapter } from "../../session/adapter";
import { AdapterError } from "../../session/errors";
import { terminateAll } from "../../session/living";
import { exitCodes, type ExitCode } from "../exit-codes";
import { catchInterruption } from "../interruption";
import type { Output } from "../output";
import type { RunSettings } from "../run-settings";
import { subjectsNamed } from "../subjects/resolve";
import type { SubjectSpec } from "../../subject-spec";
import { didYouMean, UsageError } from "../../usage-error";

/** What commander understood of the options of `repro`. */
export interface ReproOptions {
  /** A part of the title of the test. */
  readonly test?: string;
  /** Where the script goes; absent means stdout. */
  readonly out?: string;
  /** Whether the script is run once. */
  readonly verify: boolean;
}

/** Writes a script that shows, without the harness, how a subject breaks a requirement. Throws UsageError. */
export async function repro(
  id: string,
  name: string,
  options: ReproOptions,
  settings: RunSettings,
  output: Output,
): Promise<ExitCode> {
  const requirement = knownRequirement(id);
  const tests = testsOf(requirement, options.test);
  const [spec] = await subjectsNamed([name], output);
  if (spec === undefined || !isReproducible(spec)) {
    throw new UsageError(
      `expected a subject whose language repro can write, got ${name}; it writes Python and JavaScript, so name a python: subject, a node: subject or the reference`,
    );
  }
  const interruption = catchInterruption();
  try {
    const failing = await firstFailing(tests, spec, settings, output);
    if (interruption.signal.aborted) return exitCodes.interrupted;
    return typeof failing === "number"
      ? failing
      : await written(reproduction(spec, failing), options, output);
  } finally {
    await terminateAll();
    interruption.release();
  }
}

function knownRequirement(id: string): Requirement {
  const requirement = requirementOf(id);
  if (requirement !== undefined) return requirement;
  const ids = requirements.map((known) => known.id);
  throw new UsageError(
    `expected a requirement of the catalogue, got ${JSON.stringify(id)}` +
      (didYouMean(id, ids) || "; see runner-conformance list --requirements"),
  );
}

function testsOf(requirement: Requirement, part = ""): readonly ConformanceTest[] {
  const tests = loadSuite().filter((test) => test.requirement === requirement);
  const found = tests.filter(({ title }) => title.includes(part));
  if (found.length > 0) return found;
  throw new UsageError(
    tests.length === 0
      ? `expected a requirement with tests, got ${requirement.id}, which has none`
      : `expected --test to be a part of a title of ${requirement.id}, got ${JSON.stringify(part)}; ` +
          `see runner-conformance show ${requirement.id}`,
  );
}

/** The first test that fails, or why there is none. */
async function firstFailing(
  tests: readonly ConformanceTest[],
  spec: SubjectSpec,
  { timeoutMultiplier, selectors }: RunSettings,
  output: Output,
): Promise<TestResult | ExitCode> {
  let adapter: Adapter;
  try {
    adapter = await Adapter.start(spec.command, { timeoutMultiplier });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    output.narrate(`${spec.name}: ${error.message}`);
    return exitCodes.subjectUnusable;
  }
  const edition =
    selectors.edition ?? spec.edition ?? adapter.hello.editions.at(-1) ?? newestEdition;
  const applying = tests.filter((test) => concerns(test, edition));
  let passed = 0;
  for (const test of applying) {
    const result = {
      test,
      ...(await judge(test, adapter, edition, allowances(timeoutMultiplier))),
    };
    if (isFailure(result.verdict.outcome)) {
      output.narrate(`${test.title}\n  ${result.verdict.outcome}: ${result.verdict.message ?? ""}`);
      return result;
    }
    if (result.verdict.outcome === "pass") passed += 1;
    else output.narrate(`${test.title}\n  ${result.verdict.message ?? result.verdict.outcome}`);
  }
  output.narrate(
    applying.length === 0
      ? `nothing to reproduce: edition ${edition} does not ask for it`
      : `nothing to reproduce: ${passed} of ${applying.length} tests pass on ${spec.name}, and none fails`,
  );
  return exitCodes.nothingVerified;
}

async function written(
  script: Reproduction,
  { out, verify }: ReproOptions,
  output: Output,
): Promise<ExitCode> {
  if (out === undefined) output.print(script.source.trimEnd());
  else writeFileSync(out, script.source);
  for (const what of script.missing) {
    output.narrate(`the script stops at what it cannot do: ${what}`);
  }
  if (!verify) return script.missing.length === 0 ? exitCodes.asExpected : exitCodes.unexpected;
  const folder = mkdtempSync(join(tmpdir(), "runner-conformance-repro-"));
  try {
    const file = join(folder, script.fileName);
    writeFileSync(file, script.source);
    const { shows, said } = await tried(script, file);
    output.narrate(
      shows ? "the script shows the failure" : `the script does not show the failure: ${said}`,
    );
    return shows ? exitCodes.asExpected : exitCodes.unexpected;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
