import type { SubjectReport } from "../report/model";
import type { Comparison } from "./diff";
import { notes } from "./diff-text";
import type { Pairs } from "./pairs";

/** The version of the form below; it grows when a reader of the old form would be misled. */
export const diffVersion = 1;

/** Comparisons for machines. */
export const diffJson = (
  comparisons: readonly Comparison[],
  { onlyBefore, onlyAfter }: Pairs,
): string =>
  `${JSON.stringify(
    {
      diffVersion,
      comparisons: comparisons.map(comparisonJson),
      onlyBefore: onlyBefore.map(subjectJson),
      onlyAfter: onlyAfter.map(subjectJson),
    },
    undefined,
    1,
  )}\n`;

const comparisonJson = ({ before, after, compared, ...changes }: Comparison) => ({
  before: subjectJson(before),
  after: subjectJson(after),
  notes: notes(before, after),
  compared,
  ...changes,
});

const subjectJson = ({ name, edition, statement, provenance }: SubjectReport) => ({
  subject: name,
  edition: edition ?? null,
  sentence: statement?.sentence ?? null,
  catalogue: provenance.catalogue,
  startedAt: provenance.startedAt.toISOString(),
  nonce: provenance.nonce,
  complete: provenance.complete,
});
