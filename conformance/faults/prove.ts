import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

import { catchInterruption } from "../../harness/cli/interruption";
import { loadSuite } from "../../harness/judge/load-suite";
import { requirementOf } from "../../spec/catalogue";
import { checkControls } from "./control";
import { everyFault } from "./every-fault";
import { editionOf } from "./fault";
import type { Finding } from "./finding";
import { checkMatrix, matrixOf, writeMatrix } from "./matrix";
import { checkVacuity } from "./vacuity/vacuity";
import { proveAll, type Scope } from "./prove-all";

/*
 * npm run faults -- [--requirement ID]… [--fault NAME]… [--scope family|sample|whole] [--jobs N] [--json FILE] [--check]
 *
 * Judges every fault by all tests of its family and the first test of every other requirement, and says which the suite
 * does not find out the way it should. With
 * --requirement or --fault only those faults, by the tests of their family unless --scope says more.
 */
async function main(): Promise<number> {
  const { values: options } = parseArgs({
    options: {
      requirement: { type: "string", multiple: true, default: [] },
      fault: { type: "string", multiple: true, default: [] },
      scope: { type: "string" },
      jobs: { type: "string", default: String(availableParallelism()) },
      json: { type: "string" },
      check: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  const chosen = everyFault.filter(
    ({ name, breaks }) => options.fault.includes(name) || options.requirement.includes(breaks.id),
  );
  for (const wanted of [...options.requirement, ...options.fault]) {
    if (!chosen.some(({ name, breaks }) => name === wanted || breaks.id === wanted)) {
      print(
        `expected ${requirementOf(wanted) ? "a fault that breaks" : "a fault or requirement"} ${wanted}, got none`,
      );
      return 2;
    }
  }
  const partial = chosen.length > 0;
  const faults = partial ? chosen : everyFault;
  catchInterruption();
  // A test can end while a part of it still waits for the subject; what comes of that part is of no interest.
  process.on("unhandledRejection", () => undefined);
  const suite = loadSuite();
  const started = performance.now();
  const troubles = partial
    ? []
    : await checkControls(suite, [...new Set(faults.map(editionOf))], Number(options.jobs));
  if (!partial) troubles.push(...(await checkVacuity(suite)));
  for (const trouble of troubles) print(`control: ${trouble}`);
  const findings = await proveAll(faults, suite, {
    jobs: Number(options.jobs),
    scope: (options.scope ?? (partial ? "family" : "sample")) as Scope,
    onFound: (finding) => {
      tell(finding, options.verbose || partial);
    },
  });
  const open = findings.filter(({ complaints }) => complaints.length > 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(
    `${findings.length} faults, ${findings.length - open.length} found out as they should be, in ${seconds} s`,
  );
  if (!partial) {
    const matrix = matrixOf(findings);
    for (const line of matrix.unproven) print(`unproven: ${line}`);
    if (options.json !== undefined) writeMatrix(matrix, options.json);
    if (options.check) {
      const differences = checkMatrix(matrix);
      differences.forEach(print);
      troubles.push(...differences);
    } else if (open.length === 0 && troubles.length === 0) writeMatrix(matrix);
  }
  return open.length === 0 && troubles.length === 0 ? 0 : 1;
}

function tell({ fault, complaints, message, skipped }: Finding, alsoGood: boolean): void {
  const title = `${fault.name} (${fault.breaks.id}, ${editionOf(fault)})`;
  if (skipped !== undefined) print(`skipped ${title}: ${skipped}`);
  else if (complaints.length > 0) print(`FAULTY  ${title}\n  ${complaints.join("\n  ")}`);
  else if (alsoGood) print(`proven  ${title}\n  ${message}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main().then((code) => {
  process.exitCode = code;
});
