import { compared, type Comparison } from "../../results/diff";
import { diffJson } from "../../results/diff-json";
import { diffText } from "../../results/diff-text";
import { readResults } from "../../results/find";
import { paired, type Pairs } from "../../results/pairs";
import { subjectReportOf } from "../../results/report-of";
import { exitCodes, type ExitCode } from "../exit-codes";
import type { Output } from "../output";
import { refuseUnwritable } from "../writable";
import { writeAtomically } from "../write-atomically";

/** Compares two results, or two folders of them. */
export function diff(
  [before, after]: readonly [before: string, after: string],
  { json }: { readonly json?: string },
  output: Output,
): ExitCode {
  if (json !== undefined && json !== "-") refuseUnwritable("--json", json);
  const subjectsIn = (path: string) => readResults([path]).map(subjectReportOf);
  const pairs = paired(subjectsIn(before), subjectsIn(after));
  const comparisons = pairs.pairs.map(([was, is]) => compared(was, is));
  if (json === "-") output.print(diffJson(comparisons, pairs).trimEnd());
  else if (json !== undefined) writeAtomically(json, diffJson(comparisons, pairs));
  if (json !== "-") output.print(textOf(comparisons, pairs, output.width));
  return exitCodeFor(comparisons);
}

function textOf(comparisons: readonly Comparison[], pairs: Pairs, width: number): string {
  const alone = [
    ...pairs.onlyBefore.map(({ name }) => `only before: ${name}`),
    ...pairs.onlyAfter.map(({ name }) => `only after: ${name}`),
  ];
  const texts = comparisons.map((comparison) => diffText(comparison, width));
  return [...texts, ...(alone.length === 0 ? [] : [alone.join("\n")])].join("\n\n");
}

/** A regression weighs most; a subject that did not start has none, and has nothing else either. */
function exitCodeFor(comparisons: readonly Comparison[]): ExitCode {
  if (comparisons.some(({ regressions }) => regressions.length > 0)) return exitCodes.unexpected;
  if (comparisons.some(({ after }) => after.error !== undefined)) return exitCodes.subjectUnusable;
  return comparisons.some((it) => it.compared > 0)
    ? exitCodes.asExpected
    : exitCodes.nothingVerified;
}
