import { didYouMean, UsageError } from "../../usage-error";
import { commandSubject } from "./command-subject";
import { nodeSubject } from "./node-subject";
import { pyodideSubject, pythonSubject } from "./python-subject";
import { referenceSubject } from "./reference-subject";
import type { SubjectSpec } from "../../subject-spec";

/** Turns what follows `KIND:` or `KIND@` into a subject; relative paths start at `base`. */
export type SubjectKind = (rest: string, base: string) => Omit<SubjectSpec, "name">;

const kinds: Readonly<Record<string, SubjectKind>> = {
  python: pythonSubject,
  pyodide: pyodideSubject,
  node: nodeSubject,
  reference: referenceSubject,
  command: commandSubject,
};

/** Whether a text is a subject string rather than a name. A single letter would be a drive. */
export const isSubjectString = (text: string): boolean => /^(\w{2,}:|reference(@|$))/.test(text);

/** The subject a subject string stands for. Throws UsageError. */
export function parseSubject(text: string, base: string): SubjectSpec {
  const [, kind = "", rest = ""] = /^(\w+)[:@]?(.*)$/s.exec(text) ?? [];
  const make = kinds[kind];
  if (make === undefined) {
    throw new UsageError(
      `expected a subject such as python:python3.13, got ${JSON.stringify(text)}: no kind of subject is called "${kind}"` +
        didYouMean(kind, Object.keys(kinds)),
    );
  }
  return { name: text, ...make(rest, base) };
}
