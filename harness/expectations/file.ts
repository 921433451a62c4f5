import { LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";

import type { ConformanceTest } from "../judge/suite";
import { didYouMean } from "../usage-error";
import { mistakesIn, twice, type Understood } from "./check";
import { lineAt } from "./positions";
import { entrySchema, fileSchema, keysAt, shown } from "./schema";

/** One expectation of a file. */
export interface Entry extends z.output<typeof entrySchema> {
  /** Its place in the list, counted from 0. */
  readonly index: number;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** What somebody expects of subjects. */
export interface ExpectationFile {
  /** As it is to be shown. */
  readonly path: string;
  readonly text: string;
  readonly document: Document.Parsed;
  /** The name of the only implementation it speaks about; absent means any. */
  readonly subject: string | undefined;
  /** Those that can be understood, in the order of the file. */
  readonly entries: readonly Entry[];
}

/** One thing that must be put right before a file can be used. */
export interface Mistake {
  readonly line: number;
  /** `expired` and `unexplained` do not keep a file from being updated. */
  readonly kind: "wrong" | "expired" | "unexplained";
  readonly message: string;
}

/** A file with all that is wrong with it, in the order of lines. */
export interface Reading {
  readonly file: ExpectationFile;
  readonly mistakes: readonly Mistake[];
}

/** What a file is checked against. */
export interface Surroundings {
  /** Every test there is, selected or not. */
  readonly suite: readonly ConformanceTest[];
  readonly today: Date;
}

/** Reads a file; never throws, because whoever wrote it wants to hear of every mistake at once. */
export function readExpectations(path: string, text: string, surroundings: Surroundings): Reading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const line = (at: readonly PropertyKey[]) => lineAt(document, lines, at);
  const file = { path, text, document, subject: undefined, entries: [] };
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ message, pos }) => {
      const [what = ""] = message.split(/ at line \d+, column \d+|\n/);
      return wrong(lines.linePos(pos[0]).line, `expected YAML, got ${what}`);
    });
    return { file, mistakes };
  }
  const content: unknown = document.toJS();
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    const message = `expected version: 1 and expectations:, got ${shown(content)}`;
    return { file, mistakes: [wrong(1, message)] };
  }
  const header = fileSchema.safeParse(content);
  const { expectations } = content as { readonly expectations?: unknown };
  const written: readonly unknown[] = Array.isArray(expectations) ? expectations : [];
  const parsed = written.map((entry) => entrySchema.safeParse(entry));
  const entries = parsed.flatMap(({ data }, index) =>
    data === undefined ? [] : [{ ...data, index, line: line(["expectations", index]) }],
  );
  const mistakes = [
    ...issues(header.error, [], line),
    ...parsed.flatMap(({ error }, index) => issues(error, ["expectations", index], line)),
    ...written.flatMap((entry, index) => aboutNothing(entry, line(["expectations", index]))),
    ...parsed.flatMap(({ error, data }, index) =>
      mistakesIn(
        { ...(data ?? salvaged(written[index], error)), line: line(["expectations", index]) },
        surroundings,
      ),
    ),
    ...twice(entries, surroundings.suite),
  ].sort((one, other) => one.line - other.line);
  return { file: { ...file, subject: header.data?.subject, entries }, mistakes };
}

const wrong = (line: number, message: string): Mistake => ({ line, kind: "wrong", message });

type LineOf = (path: readonly PropertyKey[]) => number;

const issues = (
  error: z.ZodError | undefined,
  base: readonly PropertyKey[],
  line: LineOf,
): readonly Mistake[] =>
  (error?.issues ?? []).flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code !== "unrecognized_keys") return [wrong(line(path), named(issue, path))];
    const known = keysAt(path);
    return issue.keys.map((key) =>
      wrong(
        line([...path, key]),
        `expected one of the keys ${known.join(", ")}, got ${JSON.stringify(key)}${didYouMean(key, known)}`,
      ),
    );
  });

function named({ message }: z.core.$ZodIssue, path: readonly PropertyKey[]): string {
  const key = path.findLast((step) => typeof step === "string");
  return key === undefined || path.length === 2 ? message : `${key}: ${message}`;
}

/** What can be understood of an entry beside its mistakes. */
function salvaged(entry: unknown, error: z.ZodError | undefined): Omit<Understood, "line"> {
  if (typeof entry !== "object" || entry === null) return {};
  const mistaken = new Set((error?.issues ?? []).map(({ path }) => path[0]));
  const known = Object.keys(entrySchema.shape);
  const rest = Object.entries(entry).filter(([key]) => known.includes(key) && !mistaken.has(key));
  return entrySchema.partial().safeParse(Object.fromEntries(rest)).data ?? {};
}

/** An entry must say what it is about, and only once. */
function aboutNothing(entry: unknown, line: number): readonly Mistake[] {
  if (typeof entry !== "object" || entry === null) return [];
  const [requirement, test] = ["requirement" in entry, "test" in entry];
  if (requirement !== test) return [];
  return [
    wrong(
      line,
      `expected either requirement: or test:, got ${requirement ? "both" : "neither"}; say what the expectation is about`,
    ),
  ];
}
