import type { Edition } from "../../spec/editions";
import { basisIn, type Basis, type Requirement } from "../../spec/requirement";
import type { Judgement } from "./judge";
import type { Plan } from "./plan";
import type { ConformanceTest } from "./suite";
import { isFailure, type Outcome } from "./verdict";

/** One test and what it found. */
export interface TestResult extends Judgement {
  readonly test: Pick<ConformanceTest, "title" | "requirement">;
  /** What somebody had said would come; absent where no expectations were given, or nothing was found out. */
  readonly expected?: Expected;
}

/** How an outcome stands to what was expected of it. It changes exit codes, never the statement. */
export interface Expected {
  /** `stale`: expected to fail, and no longer does. */
  readonly state: "as-expected" | "unexpected" | "stale";
  /** Why it is expected; absent where no entry speaks about the test. */
  readonly reason?: string;
  /** Where it is being dealt with: an address. */
  readonly issue?: string;
  /** What an entry expects where something else came, and where it says so. */
  readonly instead?: string;
}

/** One requirement and what its tests found together. */
export interface RequirementResult {
  readonly requirement: Requirement;
  /** Why it binds in the edition judged by. */
  readonly basis: Basis;
  readonly outcome: Outcome;
  readonly results: readonly TestResult[];
}

/** So many of so many requirements hold. */
export interface Score {
  readonly passed: number;
  readonly of: number;
}

/** What may be said of a subject. Computed from outcomes, never from what somebody expected of them. */
export interface Statement {
  readonly edition: Edition;
  readonly requirements: readonly RequirementResult[];
  /** Over what the chapter states or implies. */
  readonly conformant: Score;
  /** Over that and what only CPython shows. */
  readonly compatible: Score;
  /** Requirements that need what the subject does not claim: neither passed nor failed. */
  readonly unsupported: readonly Requirement[];
  /** Requirements no test can decide; not counted. */
  readonly untestable: readonly Requirement[];
  /** Requirements no longer asked for; not counted. */
  readonly retired: readonly Requirement[];
  /** Whether any requirement was decided at all. */
  readonly verified: boolean;
  readonly sentence: string;
}

/** What `judgements` say about a subject, judged by `plan`; a test without one counts as not run, for that reason. */
export function statementOf(
  plan: Plan,
  judgements: ReadonlyMap<ConformanceTest, Judgement>,
  whyNotRun: string,
): Statement {
  const retired = plan.requirements.filter((requirement) => requirement.retired !== undefined);
  const untestable = plan.requirements.filter(
    (requirement) => requirement.retired === undefined && requirement.untestable !== undefined,
  );
  const apart = new Set([...retired, ...untestable]);
  const requirements = plan.requirements
    .filter((requirement) => !apart.has(requirement))
    .map((requirement) => requirementResult(requirement, plan, judgements, whyNotRun));
  const counted = requirements.filter(({ outcome }) => outcome !== "inapplicable");
  const binding = counted.filter(({ basis }) => basis !== "observed");
  const facts = {
    edition: plan.edition,
    requirements,
    conformant: scoreOf(binding),
    compatible: scoreOf(counted),
    unsupported: withOutcome(counted, "unsupported"),
    untestable,
    retired,
    verified: counted.some(({ outcome }) => outcome === "pass" || isFailure(outcome)),
  };
  return { ...facts, sentence: sentenceOf(facts, binding, plan.partial) };
}

function requirementResult(
  requirement: Requirement,
  plan: Plan,
  judgements: ReadonlyMap<ConformanceTest, Judgement>,
  whyNotRun: string,
): RequirementResult {
  const notRun: Judgement = {
    ...{ verdict: { outcome: "not-run", message: whyNotRun }, transcript: [] },
    ...{ durationMs: 0, checks: 0 },
  };
  const results = plan.tests
    .filter((test) => test.requirement.id === requirement.id)
    .map((test) => ({ test, ...(judgements.get(test) ?? notRun) }));
  const basis = basisIn(requirement, plan.edition);
  return {
    requirement,
    basis,
    outcome: combined(results.map((it) => it.verdict.outcome)),
    results,
  };
}

/** What several tests of one requirement say together: a failure wins, and nothing passes on silence. */
export function combined(outcomes: readonly Outcome[]): Outcome {
  const failure = outcomes.find(isFailure);
  if (failure !== undefined) return failure;
  const inOrderOfWeight = ["harness-error", "not-run", "pass", "unsupported"] as const;
  return inOrderOfWeight.find((outcome) => outcomes.includes(outcome)) ?? "inapplicable";
}

const scoreOf = (results: readonly RequirementResult[]): Score => ({
  passed: withOutcome(results, "pass").length,
  of: results.length,
});

const withOutcome = (results: readonly RequirementResult[], outcome: Outcome) =>
  results.filter((result) => result.outcome === outcome).map(({ requirement }) => requirement);

function sentenceOf(
  statement: Omit<Statement, "sentence">,
  binding: readonly RequirementResult[],
  partial: boolean,
): string {
  const { edition, conformant, compatible, unsupported, verified } = statement;
  if (!verified) return "nothing verified";
  if (partial) return `of the selected requirements of ${edition}, ${ratio(compatible)} hold`;
  const compatibly = `${holds(compatible) ? "" : "not fully "}CPython-compatible (${ratio(compatible)})`;
  const stated = ratio(conformant);
  if (holds(conformant)) return `conformant to ${edition} (${stated}), ${compatibly}`;
  const open = binding.filter(({ outcome }) => outcome !== "pass");
  if (open.every(({ outcome }) => outcome === "unsupported")) {
    return `holds what it supports of ${edition} (${stated}; ${unsupported.length} unsupported), ${compatibly}`;
  }
  return open.some(({ outcome }) => isFailure(outcome))
    ? `does not conform to ${edition} (${stated}), ${compatibly}`
    : `not fully judged by ${edition} (${stated}), ${compatibly}`;
}

const holds = ({ passed, of }: Score): boolean => passed === of && of > 0;

const ratio = ({ passed, of }: Score): string => `${passed}/${of}`;
