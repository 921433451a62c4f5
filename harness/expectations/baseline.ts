import type { YAMLSeq } from "yaml";
import { Document, isMap, isNode, isSeq, type Node, type YAMLMap } from "yaml";

import { isFailure } from "../judge/verdict";
import type { SubjectReport } from "../report/model";
import { additionsFor, narrowing, type Addition, type Narrowing } from "./additions";
import { toDo } from "./check";
import type { Entry, ExpectationFile } from "./file";
import { entryFor, type Circumstances } from "./match";
import type { Assessment } from "./judge";

/** A file as it should be. */
export interface Update {
  readonly text: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

const greeting = ` What is known not to hold, and why that is accepted; see "Gate your CI".
 Each reason that begins with ${toDo} is refused until somebody writes a better one.`;

/** A first file for what these subjects cannot do. Throws UsageError when one file cannot speak about them all. */
export function initialFile(reports: readonly SubjectReport[]): Update {
  const additions = additionsFor(reports, []);
  const subject = reports[0]?.hello?.subject.name;
  const document = new Document({
    version: 1,
    ...(subject === undefined ? {} : { subject }),
    expectations: [],
  });
  document.commentBefore = greeting;
  const list = listOf(document);
  list.flow = additions.length === 0;
  for (const addition of additions) list.add(nodeOf(document, addition));
  return { text: written(document, true), added: additions.length, changed: 0, removed: 0 };
}

/**
 * A file brought up to date with what was found: stale entries gone, new failures added, the rest as it was. The text
 * is the same where nothing changes. Throws UsageError when one file cannot speak about all these subjects.
 */
export function updatedFile(file: ExpectationFile, assessments: readonly Assessment[]): Update {
  const kept = file.entries.filter((entry) => !isGone(entry, assessments));
  const gone = file.entries.filter((entry) => !kept.includes(entry));
  const widened = kept.filter((entry) => failuresBeside(entry, assessments).length > 0);
  const narrowed = kept.filter((entry) => assessments.some(({ stale }) => stale.includes(entry)));
  const additions = additionsFor(
    assessments.map(({ report }) => withoutThoseOf(kept, report)),
    kept,
  );
  const changed = new Set([...widened, ...narrowed]);
  const counts = { added: additions.length, changed: changed.size, removed: gone.length };
  if (counts.added + counts.changed + counts.removed === 0) return { text: file.text, ...counts };
  const document = file.document.clone();
  const list = listOf(document);
  for (const entry of widened) widen(document, list, entry, assessments);
  for (const entry of narrowed) narrow(document, list, entry, assessments);
  remove(list, gone);
  for (const addition of additions) add(list, nodeOf(document, addition));
  const text = written(document, isIndented(file.text));
  return { text: file.text.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text, ...counts };
}

/** Stale somewhere, and of use nowhere. */
const isGone = (entry: Entry, assessments: readonly Assessment[]): boolean =>
  assessments.some(({ stale }) => stale.includes(entry)) &&
  !assessments.some(({ live }) => live.includes(entry));

/** Failures an entry speaks about without expecting them. */
const failuresBeside = (entry: Entry, assessments: readonly Assessment[]) =>
  assessments.flatMap(({ report, circumstances }) =>
    (report.statement?.requirements ?? [])
      .flatMap(({ results }) => results)
      .filter(
        ({ test, verdict, expected }) =>
          circumstances !== undefined &&
          isFailure(verdict.outcome) &&
          expected?.state === "unexpected" &&
          entryFor([entry], test, circumstances) !== undefined,
      ),
  );

/** A report in which failures are nobody's news when an entry that stays speaks about them. */
function withoutThoseOf(kept: readonly Entry[], report: SubjectReport): SubjectReport {
  const { statement, hello, edition } = report;
  if (statement === undefined || hello === undefined || edition === undefined) return report;
  const { platform, version } = hello.subject;
  const spokenOf = (test: Parameters<typeof entryFor>[1]) =>
    entryFor(kept, test, { edition, platform, version }) !== undefined;
  return {
    ...report,
    statement: {
      ...statement,
      requirements: statement.requirements.map((requirement) => ({
        ...requirement,
        results: requirement.results.map((result) =>
          spokenOf(result.test) ? { ...result, expected: { state: "as-expected" } } : result,
        ),
      })),
    },
  };
}

function widen(
  document: Document,
  list: YAMLSeq,
  entry: Entry,
  assessments: readonly Assessment[],
): void {
  const item = mapAt(list, entry);
  const found = failuresBeside(entry, assessments).map(({ verdict }) => verdict.outcome);
  const outcome = [...new Set([...entry.outcome, ...found])];
  item.set("outcome", document.createNode(oneOrList(outcome), { flow: true }));
  item.delete("message");
  unexplain(item, entry);
}

function narrow(
  document: Document,
  list: YAMLSeq,
  entry: Entry,
  assessments: readonly Assessment[],
): void {
  const where = (part: "live" | "stale"): readonly Circumstances[] =>
    assessments.flatMap((it) =>
      it[part].includes(entry) && it.circumstances !== undefined ? [it.circumstances] : [],
    );
  const about = entry.test ?? entry.requirement ?? "";
  const when = narrowing(where("live"), where("stale"), [], about);
  mapAt(list, entry).set("when", whenNode(document, { ...entry.when, ...when }));
}

/** What is expected now is not what somebody gave a reason for. */
function unexplain(item: YAMLMap, { reason }: Entry): void {
  if (!reason.startsWith(toDo))
    item.set("reason", `${toDo}: it fails otherwise now; was: ${reason}`);
}

function remove(list: YAMLSeq, gone: readonly Entry[]): void {
  const indices = new Set(gone.map(({ index }) => index));
  const items = list.items as Node[];
  const [top] = items;
  if (top !== undefined && typeof list.commentBefore === "string") {
    // What stands above the first item belongs to the list, for the parser.
    top.commentBefore = list.commentBefore;
    list.commentBefore = null;
  }
  let heading = "";
  list.items = items.filter((item, index) => {
    if (indices.has(index)) {
      heading += headingOf(item);
      return false;
    }
    if (heading !== "") item.commentBefore = heading + (item.commentBefore ?? "");
    heading = "";
    return true;
  });
  if (heading !== "") list.comment = (heading + (list.comment ?? "")).trimEnd();
  const [first] = list.items as Node[];
  if (first !== undefined) first.spaceBefore = false;
}

/** Comments a blank line separates from the entry below them: they are about more than it. */
function headingOf({ commentBefore }: Node): string {
  const end = commentBefore?.lastIndexOf("\n\n") ?? -1;
  return end === -1 ? "" : (commentBefore ?? "").slice(0, end + 2);
}

function add(list: YAMLSeq, node: Node): void {
  const second = list.items[1];
  node.spaceBefore = isNode(second) && second.spaceBefore === true;
  list.add(node);
}

function nodeOf(document: Document, { about, outcome, when, message }: Addition): Node {
  const node = document.createNode({
    ...about,
    outcome,
    reason: `${toDo}: why`,
  });
  if (when !== undefined)
    node.items.splice(2, 0, document.createPair("when", whenNode(document, when)));
  const [line = ""] = message.split("\n");
  if (line !== "") node.commentBefore = ` ${line.length > 100 ? `${line.slice(0, 99)}…` : line}`;
  return node;
}

function whenNode(document: Document, when: NonNullable<Entry["when"]> | Narrowing): Node {
  const short = Object.entries(when).map(([key, value]) => [key, oneOrList(value)] as const);
  return document.createNode(Object.fromEntries(short), { flow: true });
}

const oneOrList = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;

/** The list of a document, which may have been written as `[]`. */
function listOf(document: Document): YAMLSeq {
  const list = document.get("expectations");
  if (!isSeq(list)) throw new Error("expected a list of expectations; read the file first");
  if (list.items.length === 0) list.flow = false;
  return list;
}

function mapAt(list: YAMLSeq, { index }: Entry): YAMLMap {
  const item = list.items[index];
  if (!isMap(item)) throw new Error(`expected keys and values at ${index}; read the file first`);
  return item;
}

const isIndented = (text: string): boolean => !/^- /m.test(text);

const written = (document: Document, indentSeq: boolean): string =>
  document.toString({ lineWidth: 0, indentSeq });
