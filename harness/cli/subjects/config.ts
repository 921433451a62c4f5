import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";

import { editions } from "../../../spec/editions";
import { didYouMean, UsageError } from "../../usage-error";
import { parseSubject } from "./parse";
import type { SubjectSpec } from "../../subject-spec";

/** The name of the configuration file, searched from the current folder upward. */
export const configName = "runner-conformance.config.yaml";

const subjectEntry = z.strictObject({
  /** A subject string; relative paths start at the folder of the file. */
  subject: z.string().min(1),
  /** Absent means the last edition the subject claims. */
  edition: z.enum(editions).optional(),
  /** Added to the environment of its adapter. Absent means nothing is added. */
  env: z.record(z.string(), z.string()).optional(),
  /** A file of expectations for it, instead of the one for all. */
  expectations: z.string().min(1).optional(),
});

/** What a configuration file may say. */
export const configSchema = z.strictObject({
  /** Subjects by the name to call them. */
  subjects: z.record(z.string(), z.union([z.string().min(1), subjectEntry])).optional(),
  /** A file of expectations for all of them; relative paths start at the folder of this file. Absent means none. */
  expectations: z.string().min(1).optional(),
});
type Config = z.infer<typeof configSchema>;

/** The configuration that holds for a folder, if there is one. */
export function configPath(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, configName))) return join(folder, configName);
    if (folder === dirname(folder)) return undefined;
  }
}

/** The subjects a configuration file names. Throws UsageError with file and line. */
export function configuredSubjects(path: string): readonly SubjectSpec[] {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines });
  const line = (offset: number) => `${path}:${lines.linePos(offset).line}`;
  const fault = document.errors[0];
  if (fault !== undefined) {
    const [what = ""] = fault.message.split("\n");
    throw new UsageError(`${line(fault.pos[0])}: expected YAML, got ${what}`);
  }
  const content: unknown = document.toJS() ?? {};
  refuseUnknownKeys(document, content, line);
  const checked = configSchema.safeParse(content);
  if (!checked.success) throw invalid(checked.error, document, line);
  return Object.entries(checked.data.subjects ?? {}).map(([name, entry]) =>
    specOf(name, entry, path, checked.data.expectations),
  );
}

type Entry = NonNullable<Config["subjects"]>[string];
type LineOf = (offset: number) => string;

function specOf(name: string, entry: Entry, path: string, forAll: string | undefined): SubjectSpec {
  const { subject, edition, env, expectations }: z.infer<typeof subjectEntry> =
    typeof entry === "string" ? { subject: entry } : entry;
  const expected = expectations ?? forAll;
  const spec = parseSubject(subject, dirname(path));
  return {
    ...spec,
    name,
    command: { ...spec.command, ...(env === undefined ? {} : { env }) },
    ...(edition === undefined ? {} : { edition }),
    ...(expected === undefined ? {} : { expectations: resolve(dirname(path), expected) }),
  };
}

/** zod reports a key of a union's branch as "no branch fits"; people want to hear which key is wrong. */
function refuseUnknownKeys(document: Document, content: unknown, line: LineOf): void {
  refuse(document, [], Object.keys(configSchema.shape), content, line);
  const subjects = (content as { subjects?: unknown } | null)?.subjects ?? {};
  for (const [name, entry] of Object.entries(subjects)) {
    refuse(document, ["subjects", name], Object.keys(subjectEntry.shape), entry, line);
  }
}

function refuse(
  document: Document,
  at: readonly string[],
  known: readonly string[],
  content: unknown,
  line: LineOf,
): void {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return;
  for (const key of Object.keys(content)) {
    if (known.includes(key)) continue;
    throw new UsageError(
      `${line(offsetOf(document, [...at, key]))}: expected one of the keys ${known.join(", ")}, got ${JSON.stringify(key)}` +
        didYouMean(key, known),
    );
  }
}

function invalid(error: z.ZodError, document: Document, line: LineOf): UsageError {
  const issue = error.issues[0];
  const at = (issue?.path ?? []).map(String);
  const what = `${at.length === 0 ? "the file" : at.join(".")}: ${issue?.message ?? ""}`;
  return new UsageError(`${line(offsetOf(document, at))}: ${what}`);
}

/** Where the key or value at that path begins. */
function offsetOf(document: Document, path: readonly string[]): number {
  const parent = path.slice(0, -1);
  const map: unknown = parent.length === 0 ? document.contents : document.getIn(parent, true);
  const pairs = (map as { items?: readonly Pair[] } | null)?.items ?? [];
  const pair = pairs.find(({ key }) => String(key?.value) === path.at(-1));
  return pair?.key?.range?.[0] ?? 0;
}

interface Pair {
  readonly key?: { readonly value?: unknown; readonly range?: readonly number[] };
}
