import type { RequirementResult } from "../../judge/statement";
import type { Outcome } from "../../judge/verdict";
import { standingOf } from "../standing";
import type { MarkData } from "./page-data";

/** The character each outcome is stored as. */
const characters = {
  pass: "p",
  fail: "f",
  timeout: "t",
  crash: "c",
  "protocol-error": "m",
  unsupported: "u",
  inapplicable: "i",
  "harness-error": "h",
  "not-run": "n",
} as const satisfies Record<Outcome, string>;

/** What a character means, and how it looks without colour. */
export const marks: Readonly<Record<string, MarkData>> = {
  p: { symbol: "✓", word: "pass", bad: false },
  f: { symbol: "✗", word: "fail", bad: true },
  t: { symbol: "T", word: "timeout", bad: true },
  c: { symbol: "C", word: "crash", bad: true },
  m: { symbol: "P", word: "protocol error", bad: true },
  h: { symbol: "!", word: "harness error", bad: true },
  s: { symbol: "S", word: "stale expectation", bad: true },
  e: { symbol: "x", word: "expected failure", bad: false },
  u: { symbol: "?", word: "unsupported", bad: false },
  n: { symbol: "·", word: "not run", bad: false },
  i: { symbol: "–", word: "not asked for", bad: false },
  z: { symbol: "○", word: "untestable", bad: false },
  r: { symbol: "−", word: "retired", bad: false },
};

export const untestable = "z";
export const retired = "r";
export const notAsked = characters.inapplicable;

/** The mark of an outcome. */
export const markOf = (outcome: Outcome): string => characters[outcome];

/** The mark of a requirement: its outcome, and where somebody had said what would come, whether that was so. */
export function requirementMark({ outcome, results }: RequirementResult): string {
  if (results.some(({ expected }) => expected?.state === "stale")) return "s";
  const kinds = new Set(results.map((result) => standingOf(result).kind));
  const excused = kinds.has("excused") && !kinds.has("failed") && !kinds.has("broken");
  return excused ? "e" : markOf(outcome);
}
