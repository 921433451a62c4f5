import type { Expected, TestResult } from "../judge/statement";
import { isFailure, type Outcome } from "../judge/verdict";

/** A result in the words of tools that know no more than these. */
export interface Standing {
  /** `failed`: the subject did something else; `broken`: nobody could see what it did; `excused`: it was expected to fail, and did. */
  readonly kind: "passed" | "failed" | "broken" | "skipped" | "excused";
  /** One sentence; empty for what passed. */
  readonly message: string;
}

/** How a result stands where only passed, failed, broken and skipped are known. */
export function standingOf({ verdict, expected }: TestResult): Standing {
  const { outcome, message = outcome } = verdict;
  if (expected?.state === "stale") return { kind: "failed", message: stale(outcome, expected) };
  if (outcome === "pass") return { kind: "passed", message: "" };
  if (expected?.state === "as-expected" && isFailure(outcome)) {
    return { kind: "excused", message: `expected to fail: ${why(expected)}` };
  }
  if (outcome === "fail") return { kind: "failed", message };
  if (isFailure(outcome) || outcome === "harness-error") {
    return { kind: "broken", message: `${outcome}: ${message}` };
  }
  return { kind: "skipped", message: `${outcome}: ${message}` };
}

const stale = (outcome: Outcome, expected: Expected): string =>
  `no longer as listed (${why(expected)}), got ${outcome}: the expectation is stale, remove it`;

const why = ({ reason = "no reason given", issue }: Expected): string =>
  issue === undefined ? reason : `${reason} (${issue})`;
