import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { parse } from "yaml";
import { z } from "zod";

import { editions } from "../../spec/editions";
import { packageRoot } from "../adapters/package-root";
import { subfolders } from "../adapters/python/shims";

const debianSchema = z.strictObject({
  /** A suite of the Debian archive, such as `sid`. */
  suite: z.string().regex(/^[a-z]+$/),
  packages: z.array(z.string().min(1)).min(1),
  /** The interpreter among what they contain, from the root of the file system. */
  program: z.string().regex(/^usr\//),
});

const installSchema = z
  .strictObject({
    /** Versions of the language that will do: `3.13`, or a range such as `>=3.8 <3.11`. */
    python: z
      .string()
      .regex(/^(>=|>|<=|<)?\d+(\.\d+)*( (>=|>|<=|<)\d+(\.\d+)*)*$/)
      .optional(),
    /** Absent means CPython. */
    implementation: z.enum(["cpython", "pypy"]).optional(),
    /** Where to get the interpreter when the machine has none that will do. */
    debian: debianSchema.optional(),
    /** What pip is to install into a virtual environment; absent means the interpreter as it is. */
    pip: z.array(z.string().min(1)).optional(),
    /** What npm is to install into a folder. */
    npm: z.array(z.string().min(1)).optional(),
  })
  .refine((it) => (it.python === undefined) !== (it.npm === undefined), {
    message: "expected python or npm, and not both; say where the subject comes from",
  });

/** What a file of `subjects/` may say. */
export const subjectSchema = z.strictObject({
  /** The name of the file without its ending. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  /** What is judged, in a few words. */
  about: z.string().min(1),
  language: z.enum(["python", "typescript"]),
  install: installSchema,
  /** A subject string; `{python}`, `{env}` and `{glue}` stand for what was installed and for `subjects/glue`. */
  subject: z.string().min(1),
  /** The edition it is judged by; absent means the last one it claims. */
  edition: z.enum(editions).optional(),
  /** Added to the environment of its adapter; may contain the same placeholders. */
  env: z.record(z.string(), z.string()).optional(),
  /** Where it exists, as Node calls platforms; absent means everywhere. */
  platforms: z.array(z.enum(["linux", "darwin", "win32"])).optional(),
  /** What a reader of its results should know. */
  notes: z.string().optional(),
  /** The file that explains its deviations, beside this one; absent means none are expected. */
  expectations: z.string().optional(),
});

/** A real subject: what it is, how to get it, how to drive it. */
export type SubjectFile = z.infer<typeof subjectSchema>;

/** Where the files are. */
export const subjectsFolder = (): string => join(packageRoot(), "subjects");

/** Every real subject, by name. Throws when a file is not what it should be. */
export const realSubjects = (folder = subjectsFolder()): readonly SubjectFile[] =>
  subfolders(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readSubjectFile(join(folder, name)))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));

/** Reads one file. Throws a sentence that says what is wrong with it. */
export function readSubjectFile(path: string): SubjectFile {
  const checked = subjectSchema.safeParse(parse(readFileSync(path, "utf8")));
  if (!checked.success) {
    throw new Error(`${path}: ${z.prettifyError(checked.error).replaceAll("\n", " ")}`);
  }
  const expected = basename(path, ".yaml");
  if (checked.data.name === expected) return checked.data;
  throw new Error(
    `${path}: expected name: ${expected}, got ${checked.data.name}; call file and subject the same`,
  );
}
