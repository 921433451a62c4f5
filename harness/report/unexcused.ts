import type { Report, SubjectReport } from "./model";
import { standingOf } from "./standing";

/** The same report without failures that were expected: what somebody has to look at now. */
export const unexcused = (report: Report): Report => ({
  ...report,
  subjects: report.subjects.map(withoutExcused),
});

function withoutExcused(subject: SubjectReport): SubjectReport {
  const { statement } = subject;
  if (statement === undefined) return subject;
  const requirements = statement.requirements.map((requirement) => ({
    ...requirement,
    results: requirement.results.filter((result) => standingOf(result).kind !== "excused"),
  }));
  return { ...subject, statement: { ...statement, requirements } };
}
