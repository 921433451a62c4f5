import { requirements as catalogue } from "../../../spec/catalogue";
import { familyTitle, type Requirement } from "../../../spec/requirement";
import type { Report, SubjectReport } from "../model";
import { marks } from "./marks";
import type { PageData } from "./page-data";
import { requirementData } from "./requirement-data";
import { subjectData } from "./subject-data";
import { presentable, Texts } from "./texts";
import { transcriptsOf } from "./transcript-data";

/** Everything the page knows, small enough to stand in it. */
export function pageData(report: Report): PageData {
  const texts = new Texts();
  const rows = rowsOf(report);
  const titles = titlesOf(report);
  const transcripts = transcriptsOf(report, texts);
  const keys = keysOf(report.subjects);
  const subjects = report.subjects.map((subject, index) =>
    subjectData(subject, { key: keys[index] ?? "", rows, titles, texts, transcripts }),
  );
  return {
    version: report.version,
    startedAt: report.startedAt.toISOString(),
    complete: report.complete,
    marks,
    families: Object.fromEntries(rows.map(({ family }) => [family, familyTitle(family)])),
    requirements: rows.map((requirement) =>
      requirementData(requirement, titles.get(requirement.id) ?? []),
    ),
    subjects,
    texts: texts.all(),
  };
}

/** Names as they are shown, told apart where two are the same. */
export function keysOf(subjects: readonly SubjectReport[]): readonly string[] {
  const seen = new Map<string, number>();
  return subjects.map((subject) => {
    const name = presentable(subject.name);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} #${times}`;
  });
}

/** Every requirement that any subject was asked about, in the order of the catalogue. */
function rowsOf({ subjects }: Report): readonly Requirement[] {
  const rows = new Map<string, Requirement>();
  for (const { statement } of subjects) {
    if (statement === undefined) continue;
    for (const { requirement } of statement.requirements) rows.set(requirement.id, requirement);
    for (const it of [...statement.untestable, ...statement.retired]) rows.set(it.id, it);
  }
  const rank = new Map(catalogue.map(({ id }, index) => [id, index]));
  const rankOf = ({ id }: Requirement) => rank.get(id) ?? rank.size;
  return [...rows.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

/** The titles of the tests of each requirement, by its id. Editions differ in the tests they ask for. */
function titlesOf({ subjects }: Report): ReadonlyMap<string, readonly string[]> {
  const titles = new Map<string, Set<string>>();
  for (const { requirement, results } of subjects.flatMap(
    (it) => it.statement?.requirements ?? [],
  )) {
    const known = titles.get(requirement.id) ?? new Set();
    titles.set(requirement.id, known);
    for (const { test } of results) known.add(test.title);
  }
  return new Map([...titles].map(([id, known]) => [id, [...known]]));
}
