import { join } from "node:path";

import { filledIn, installedEnvironment } from "../../subjects/environment";
import { realSubjects, subjectsFolder, type SubjectFile } from "../../subjects/subject-file";
import { didYouMean, UsageError } from "../../usage-error";
import { parseSubject } from "./parse";
import type { SubjectSpec } from "../../subject-spec";

/** Where environments are kept unless somebody says otherwise. */
export const defaultCache = (): string => join(process.cwd(), ".subjects");

/** The real subjects with these names; all without names. Throws UsageError. */
export function realSubjectsNamed(names: readonly string[]): readonly SubjectFile[] {
  const all = realSubjects();
  const known = all.map(({ name }) => name);
  return names.length === 0
    ? all
    : names.map((name) => {
        const found = all.find((file) => file.name === name);
        if (found !== undefined) return found;
        throw new UsageError(
          `expected a name of runner-conformance subjects list, got ${JSON.stringify(name)}` +
            didYouMean(name, known),
        );
      });
}

/** What to judge, when the subject is installed. */
export function realSubject(file: SubjectFile, cache: string): SubjectSpec | undefined {
  const environment = installedEnvironment(file, cache);
  if (environment === undefined) return undefined;
  const { subject, env } = filledIn(file, environment);
  const spec = parseSubject(subject, environment.folder);
  return {
    name: file.name,
    command: { ...spec.command, env },
    // Where asyncio's code drives another event loop and that one is wrong, something waits for ever.
    mayHang: subject.includes("loop_factory="),
    ...(file.edition === undefined ? {} : { edition: file.edition }),
    ...(file.expectations === undefined
      ? {}
      : { expectations: join(subjectsFolder(), file.expectations) }),
  };
}
