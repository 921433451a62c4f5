import { concerns, neededBy, type ConformanceTest } from "../../harness/judge/suite";
import type { Edition } from "../../spec/editions";
import type { Requirement } from "../../spec/requirement";
import { commandFor } from "./command";
import type { Fault } from "./fault";
import { findOut, skippedFinding, type Finding } from "./finding";

/**
 * Which part of the suite a fault is judged by: the tests of its requirement, those of its family, these and a sample of
 * all others, or everything. Everything costs three times as much as the sample and has found nothing more.
 */
export const scopes = ["requirement", "family", "sample", "whole"] as const;
export type Scope = (typeof scopes)[number];

export interface ProofOptions {
  /** How many adapters work at once. */
  readonly jobs: number;
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
      const how = await commandFor(fault);
      const finding =
        how === undefined
          ? skippedFinding(fault)
          : await findOut(fault, how, within(scope, { fault, ...how }, suite));
      findings.set(fault, finding);
      onFound(finding);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return faults.flatMap((fault) => findings.get(fault) ?? []);
}

function within(
  scope: Scope,
  { fault: { breaks }, edition }: { readonly fault: Fault; readonly edition: Edition },
  suite: readonly ConformanceTest[],
): readonly ConformanceTest[] {
  if (scope === "requirement") return suite.filter(({ requirement }) => requirement === breaks);
  const isOwn = ({ requirement }: ConformanceTest) => requirement.family === breaks.family;
  if (scope === "family") return suite.filter(isOwn);
  const sample = scope === "sample" ? sampleOf(suite, edition) : new Set(suite);
  return suite.filter((test) => isOwn(test) || sample.has(test));
}

/** The first test of each requirement; those that start threads take longer than all others together. */
function sampleOf(suite: readonly ConformanceTest[], edition: Edition): Set<ConformanceTest> {
  const first = new Map<Requirement, ConformanceTest>();
  for (const test of suite) {
    const slow = neededBy(test).some((feature) => feature === "threads" || feature === "executor");
    if (slow || !concerns(test, edition) || first.has(test.requirement)) continue;
    first.set(test.requirement, test);
  }
  return new Set(first.values());
}
