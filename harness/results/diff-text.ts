import { count, describeSubject } from "../report/describe";
import { alike } from "../report/failures";
import { wrapped } from "../report/layout";
import type { SubjectReport } from "../report/model";
import type { Change, Changes, Comparison, Side } from "./diff";

/** What is shown of each kind of change, in the order of importance. */
const kinds: readonly (readonly [kind: keyof Changes, one: string, several: string])[] = [
  ["regressions", "regression", "regressions"],
  ["lost", "test no longer verified", "tests no longer verified"],
  ["changedFailures", "failure with another reason", "failures with another reason"],
  ["fixes", "fix", "fixes"],
  ["gained", "test verified for the first time", "tests verified for the first time"],
  ["added", "new test", "new tests"],
];

/** A comparison for people. */
export function diffText(comparison: Comparison, width: number): string {
  return [
    ...headings(comparison),
    ...kinds.flatMap(([kind, one, several]) => {
      const changes = comparison[kind];
      return changes.length === 0
        ? []
        : [
            "",
            count(changes.length, one, several),
            ...grouped(changes).flatMap((it) => lines(it, width)),
          ];
    }),
    "",
    summary(comparison),
  ].join("\n");
}

function headings({ before, after }: Comparison): readonly string[] {
  return [
    `before: ${inWords(before)}`,
    `after:  ${inWords(after)}`,
    ...notes(before, after).map((note) => `note: ${note}`),
  ];
}

const inWords = (subject: SubjectReport): string =>
  `${subject.name} (${describeSubject(subject)}): ${subject.statement?.sentence ?? subject.error?.code ?? "not judged"}`;

/** What makes a comparison say less than it seems to. */
export function notes(before: SubjectReport, after: SubjectReport): readonly string[] {
  const [was, is] = [before.provenance, after.provenance];
  return [
    ...(before.name === after.name ? [] : ["these are two subjects"]),
    ...(before.edition === after.edition
      ? []
      : [`judged by two editions, ${before.edition ?? "none"} and ${after.edition ?? "none"}`]),
    ...(was.catalogue === is.catalogue
      ? []
      : [
          `judged by two catalogues, ${was.catalogue} and ${is.catalogue}: tests that came or went may be ours`,
        ]),
    ...(was.complete ? [] : ["the result before is incomplete"]),
    ...(is.complete ? [] : ["the result after is incomplete"]),
  ];
}

/** Changes of one requirement that tell the same story, each story once. */
function grouped(changes: readonly Change[]): readonly (readonly [Change, ...Change[]])[] {
  const groups = new Map<string, [Change, ...Change[]]>();
  for (const change of changes) {
    const { requirement, before, after } = change;
    const said = [before?.message ?? "", after?.message ?? ""].map(alike);
    const key = [requirement, outcomes(before, after), ...said].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()];
}

function lines(group: readonly [Change, ...Change[]], width: number): readonly string[] {
  const [{ title, requirement, before, after }] = group;
  const what = group.length === 1 ? title : `${requirement} (${group.length} tests)`;
  const [was, is] = [before?.message ?? "", after?.message ?? ""];
  return [
    ...wrapped(`${what}: ${outcomes(before, after)}`, width, "  "),
    ...(was === "" || was === is ? [] : wrapped(`before: ${was}`, width, "    ")),
    ...(is === "" ? [] : wrapped(is, width, "    ")),
  ];
}

const outcomes = (before: Side | undefined, after: Side | undefined): string =>
  before === undefined
    ? (after?.outcome ?? "")
    : `${before.outcome} before, ${after?.outcome ?? "gone"} now`;

function summary(comparison: Comparison): string {
  const found = kinds
    .filter(([kind]) => comparison[kind].length > 0)
    .map(([kind, one, several]) => count(comparison[kind].length, one, several));
  const over = `${count(comparison.compared, "test")} compared`;
  return `${over}: ${found.length === 0 ? "no difference" : found.join(", ")}`;
}
