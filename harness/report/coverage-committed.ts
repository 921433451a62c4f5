import {
  coverageReport,
  factsHead,
  runsHead,
  shortName,
  type Column,
  type Coverage,
  type Mark,
} from "./coverage";

/** How a committed report and the facts of this machine differ. */
export interface Comparison {
  /** Lines that only one of the two has, as a diff shows them; empty when they agree. */
  readonly differences: readonly string[];
  /** Columns taken on trust, because this machine cannot fill them. */
  readonly trusted: readonly string[];
  /** Columns of this machine that the report does not have. */
  readonly unknown: readonly string[];
}

/**
 * Compares a committed report with what was found out here, as far as that can be judged: columns of subjects that
 * are not on this machine, and editions that were not judged, are taken as committed.
 */
export function compareCoverage(committed: string, coverage: Coverage): Comparison {
  const before = committedColumns(committed);
  const here = (name: string) => coverage.columns.find((column) => column.name === name);
  const columns = before.map((column) => merged(column, here(column.name)));
  const expected = coverageReport({ ...coverage, columns });
  return {
    differences: differences(committed, expected),
    trusted: before.map(({ name }) => name).filter((name) => here(name) === undefined),
    unknown: coverage.columns
      .map(({ name }) => name)
      .filter((name) => before.every((column) => column.name !== name)),
  };
}

function merged(before: Column, now: Column | undefined): Column {
  if (now === undefined) return before;
  const judged = (edition: string | undefined) => now.runs.some(([other]) => other === edition);
  if (before.runs.every(([edition]) => judged(edition))) return now;
  return {
    name: before.name,
    marks: new Map([...before.marks, ...now.marks]),
    runs: before.runs.map((run) => now.runs.find(([edition]) => edition === run[0]) ?? run),
  };
}

/** What a report of ours says of its subjects. */
export function committedColumns(report: string): readonly Column[] {
  const tables = report
    .split("\n\n")
    .filter((part) => part.startsWith("| "))
    .map((part) => part.split("\n").map((line) => line.slice(2, -2).split(" | ")));
  const runs = tables.find(([head]) => head?.[0] === runsHead[0])?.slice(2) ?? [];
  const verdicts = tables.filter(([head]) => head?.[0] === factsHead[0]);
  return [...new Set(runs.map(([name = ""]) => name))].map((name) => ({
    name,
    marks: new Map(verdicts.flatMap((table) => marksOf(name, table))),
    runs: runs.filter(([other]) => other === name).map(([, ...run]) => run),
  }));
}

function marksOf(name: string, [head = [], , ...rows]: readonly (readonly string[])[]) {
  const place = head.indexOf(shortName(name));
  return rows.flatMap((row): readonly (readonly [string, Mark])[] => {
    const id = /^\[(.+?)\]/.exec(row[0] ?? "")?.[1];
    const mark = row[place] as Mark | undefined;
    return id === undefined || mark === undefined || mark === "–" ? [] : [[id, mark]];
  });
}

function differences(before: string, now: string): readonly string[] {
  const [old, fresh] = [before.split("\n"), now.split("\n")];
  const changed = [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
  if (changed.length > 0 || before === now) return changed;
  return ["the same lines in another order, or another number of times"];
}
