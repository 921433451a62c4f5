import { z } from "zod";

import { UsageError } from "../usage-error";
import { shown } from "../protocol/frames";
import {
  footer,
  header,
  resultFormat,
  resultVersion,
  test,
  type Footer,
  type Header,
  type TestRecord,
} from "./records";
import { whatItIs } from "./what-it-is";

/** What one result file says. */
export interface ResultFile {
  /** As somebody named it, for messages. */
  readonly path: string;
  readonly header: Header;
  /** In the order of the file. */
  readonly tests: readonly TestRecord[];
  /** Absent when the file was cut. */
  readonly footer: Footer | undefined;
}

/**
 * Reads the text of a result file. Half a line at its end is what a kill or a full disk leaves behind, and is dropped;
 * everything else that is not as it should be throws UsageError.
 */
export function parseResult(path: string, text: string): ResultFile {
  const lines = linesOf(path, text);
  const [first, ...rest] = lines;
  if (first === undefined) {
    throw new UsageError(
      `expected a result file, got ${path}, which is cut within its first line; judge again`,
    );
  }
  const file: Growing = { path, header: headerIn(path, first, text), tests: [], footer: undefined };
  const planned = plannedIn(file);
  const seen = new Set<string>();
  for (const line of rest) {
    if (file.footer !== undefined) throw atLine(path, line, "nothing after the footer");
    take(line, file, { planned, seen });
  }
  refuseMissingLines(file);
  return file;
}

interface Growing extends ResultFile {
  readonly tests: TestRecord[];
  footer: Footer | undefined;
}

interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  readonly value: unknown;
}

/** Every line, parsed; without a last one that is cut. */
function linesOf(path: string, text: string): readonly Line[] {
  const bare = text.replace(/^\uFEFF/, "");
  if (bare.trim() === "") {
    throw new UsageError(`expected a result file, got ${path}, which is empty; judge again`);
  }
  const texts = bare.split("\n");
  return texts.flatMap((line, index) => {
    const isLast = index === texts.length - 1;
    if (isLast && line === "") return [];
    try {
      return [{ number: index + 1, text: line, value: JSON.parse(line) as unknown }];
    } catch {
      if (index === 0 && !line.startsWith(`{"record":`)) throw foreign(path, text);
      if (isLast) return [];
      throw new UsageError(
        `${path}:${index + 1}: expected one JSON object per line, got ${shown(line)}; the file is damaged, judge again`,
      );
    }
  });
}

function headerIn(path: string, line: Line, text: string): Header {
  const envelope = z
    .looseObject({
      record: z.string(),
      format: z.string().optional(),
      resultVersion: z.number().optional(),
      version: z.string().optional(),
    })
    .safeParse(line.value);
  if (!envelope.success) throw foreign(path, text);
  const { record, format, resultVersion: number, version = "another version" } = envelope.data;
  if (record === "test" || record === "footer") throw atLine(path, line, "a header");
  if (format !== resultFormat) throw foreign(path, text);
  if (number !== resultVersion) {
    throw new UsageError(
      `expected ${path} to be a result of version ${resultVersion}, got ${String(number)}, written by runner-conformance ${version}; ` +
        (Number(number) > resultVersion
          ? "read it with that version or a newer one"
          : "read it with that version or judge again"),
    );
  }
  return valid(header, path, line);
}

const foreign = (path: string, text: string): UsageError =>
  new UsageError(
    `expected a result file, got ${path}, which is ${whatItIs(text)}; name a file that run --out wrote`,
  );

/** The planned tests of a header, with what they test. Throws UsageError when it contradicts itself. */
function plannedIn({ path, header: { requirements, tests } }: ResultFile) {
  const ids = new Set(requirements.map(({ id }) => id));
  const planned = new Map(tests.map(({ title, requirement }) => [title, requirement]));
  const stray = tests.find(({ requirement }) => !ids.has(requirement));
  if (stray === undefined && planned.size === tests.length && ids.size === requirements.length) {
    return planned;
  }
  throw new UsageError(
    `${path}:1: expected each test and requirement once and each test's requirement in the header, got ` +
      (stray === undefined ? "something twice" : `a test of ${shown(stray.requirement)}`),
  );
}

interface Known {
  readonly planned: ReadonlyMap<string, string>;
  readonly seen: Set<string>;
}

function take(line: Line, file: Growing, { planned, seen }: Known): void {
  const kind = (line.value as { record?: unknown } | null)?.record;
  if (kind === "header") {
    throw new UsageError(
      `${file.path}:${line.number}: expected one header, got a second one; put files together with runner-conformance merge`,
    );
  }
  if (kind === "footer") {
    file.footer = valid(footer, file.path, line);
    return;
  }
  if (kind !== "test") throw atLine(file.path, line, "a test or a footer");
  const record = valid(test, file.path, line);
  if (planned.get(record.title) !== record.requirement) {
    throw atLine(file.path, line, "a test of the header");
  }
  if (seen.has(record.title)) {
    throw new UsageError(
      `${file.path}:${line.number}: expected each test once, got ${shown(record.title)} again; the file is damaged, judge again`,
    );
  }
  seen.add(record.title);
  file.tests.push(record);
}

/** A footer knows how many records stand before it. */
function refuseMissingLines({ path, header: { tests: planned }, tests, footer }: ResultFile): void {
  if (footer === undefined) return;
  const counted = Object.values(footer.counts).reduce((sum, count) => sum + count, 0);
  const missing = planned.length - tests.length;
  const recorded = tests.filter(({ outcome }) => outcome === "not-run").length;
  if (counted === planned.length && (footer.counts["not-run"] ?? 0) === missing + recorded) return;
  throw new UsageError(
    `expected ${path} to have the tests its footer counts, got ${tests.length} records of ${planned.length} tests; lines are missing, judge again`,
  );
}

function valid<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  line: Line,
): z.output<Schema> {
  const checked = schema.safeParse(line.value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const where = issue?.path.length === 0 ? "" : `${issue?.path.join(".") ?? ""}: `;
  throw new UsageError(
    `${path}:${line.number}: expected a record of result version ${resultVersion}, got ${shown(line.text)}: ${where}${issue?.message ?? ""}`,
  );
}

const atLine = (path: string, line: Line, expected: string): UsageError =>
  new UsageError(
    `${path}:${line.number}: expected ${expected}, got ${shown(line.text)}; the file is damaged, judge again`,
  );
