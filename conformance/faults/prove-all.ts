import type { ConformanceTest } from "../../harness/judge/suite";
import type { Requirement } from "../../spec/requirement";
import { commandFor } from "./command";
import type { Fault } from "./fault";
import { findOut, skippedFinding, type Finding } from "./finding";

/** Which part of the suite a fault is judged by. */
export type Scope = "requirement" | "family" | "whole";

export interface ProofOptions {
  /** How many adapters work at once. */
  readonly jobs: number;
  /** Which tests a fault is judged by: those of its requirement, of its family, or all. */
  readonly scope: Scope;
  readonly onFound: (finding: Finding) => void;
}

/** Judges all `faults`, several at a time; the findings are in the order of the faults. */
export async function proveAll(
  faults: readonly Fault[],
  suite: readonly ConformanceTest[],
  { jobs, scope, onFound }: ProofOptions,
): Promise<readonly Finding[]> {
  const findings = new Map<Fault, Finding>();
  const queue = [...faults];
  const worker = async () => {
    for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
      const tests = suite.filter((test) => isIn(scope, test.requirement, fault.breaks));
      const command = await commandFor(fault);
      const finding =
        command === undefined ? skippedFinding(fault) : await findOut(fault, command, tests);
      findings.set(fault, finding);
      onFound(finding);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return faults.flatMap((fault) => findings.get(fault) ?? []);
}

const isIn = (scope: Scope, tested: Requirement, broken: Requirement): boolean =>
  scope === "whole" || tested === broken || (scope === "family" && tested.family === broken.family);
