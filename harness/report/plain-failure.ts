import picocolors from "picocolors";

import type { TestResult } from "../judge/statement";
import { failureLines } from "./failure-text";
import type { SubjectReport } from "./model";

const style = { colours: picocolors.createColors(false), width: 100 };

/** What the terminal shows about a failure, for one test on one subject, without colours and number. */
export function plainFailure(subject: SubjectReport, result: TestResult): readonly string[] {
  const { requirement, title } = result.test;
  const failure = { requirement, result, tests: new Set([title]), subjects: new Set([subject]) };
  return failureLines(failure, 1, style).slice(1);
}
