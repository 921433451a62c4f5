import { lazily } from "../lazily";
import type { Output } from "../output";
import { didYouMean, UsageError } from "../../usage-error";
import { isSubjectString, parseSubject } from "./parse";
import { hasReference } from "./reference-subject";
import type { SubjectSpec } from "../../subject-spec";

/** The subjects somebody named; everything on this machine where nobody named one. Throws UsageError. */
export async function subjectsNamed(
  names: readonly (string | SubjectSpec)[],
  output: Output,
): Promise<readonly SubjectSpec[]> {
  if (names.length === 0) return discoveredSubjects(output);
  const specs: SubjectSpec[] = [];
  for (const name of new Set(names)) specs.push(typeof name === "string" ? named(name) : name);
  return specs;
}

const named = (name: string): SubjectSpec =>
  isSubjectString(name) ? parseSubject(name, process.cwd()) : configuredSubject(name);

/** Every subject of this machine: its Pythons, and the reference. */
export async function discoveredSubjects(output: Output): Promise<readonly SubjectSpec[]> {
  const { discoverInterpreters, isTooOld } = lazily.discover();
  const interpreters = await discoverInterpreters();
  for (const { path, version } of interpreters.filter(isTooOld)) {
    output.narrate(`skipped ${path}: Python ${version} has no asyncio.run, 3.7 was the first`);
  }
  const subjects = [
    ...interpreters.filter((found) => !isTooOld(found)).map(({ name }) => `python:${name}`),
    ...(hasReference() ? ["reference"] : []),
  ].map((name) => parseSubject(name, process.cwd()));
  if (subjects.length > 0) return subjects;
  throw new UsageError(
    "expected a Python 3.7 or newer on this machine, got none on the PATH nor where version managers keep theirs; name a subject, for instance python:/path/to/python3",
  );
}

function configuredSubject(name: string): SubjectSpec {
  // The YAML parser costs 50 ms, which only those who use names should wait for.
  const { configName, configPath, configuredSubjects } = lazily.config();
  const path = configPath(process.cwd());
  const known = path === undefined ? [] : configuredSubjects(path);
  const found = known.find((spec) => spec.name === name);
  if (found !== undefined) return found;
  const real = installedSubject(name);
  if (real !== undefined) return real;
  const where = path ?? `a ${configName} here or above, which does not exist`;
  const names = known.map((spec) => spec.name);
  throw new UsageError(
    `expected a subject string such as python:python3.13 or a name from ${where}, got ${JSON.stringify(name)}` +
      (didYouMean(name, names) || pythonHint(name)),
  );
}

/** A real subject that `subjects install` made here. */
function installedSubject(name: string): SubjectSpec | undefined {
  const { defaultCache, realSubject, realSubjectsNamed } = lazily.realSubject();
  const file = realSubjectsNamed([]).find((real) => real.name === name);
  if (file === undefined) return undefined;
  const spec = realSubject(file, defaultCache());
  if (spec !== undefined) return spec;
  throw new UsageError(
    `expected ${name} to be installed in ${defaultCache()}, got nothing there; run runner-conformance subjects install ${name}`,
  );
}

const pythonHint = (name: string): string =>
  /python|pypy/.test(name) ? `; did you mean "python:${name}"?` : "";
