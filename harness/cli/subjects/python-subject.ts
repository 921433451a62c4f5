import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";

import { pythonAdapter } from "../../adapters/python/launch";
import { interpreterFor } from "../../adapters/python/shims";
import { didYouMean, UsageError } from "../../usage-error";
import type { SubjectKind } from "./parse";

const keys = [
  "runner",
  "run",
  "loop_factory",
  "setup",
  "path",
  "editions",
  "without",
  "call",
  "flags",
];

/** `python:INTERPRETER?key=value&…`. */
export const pythonSubject: SubjectKind = (rest, base) => {
  const [interpreter = "", query = ""] = split(rest);
  if (interpreter === "") {
    throw new UsageError(
      "expected an interpreter after python:, got nothing; write for instance python:python3.13",
    );
  }
  const values = queryValues(query);
  const path = values.getAll("path").map((folder) => existingFolder(resolve(base, folder)));
  return {
    command: pythonAdapter(pathOf(interpreter, base), {
      ...one(values, "runner", "runner"),
      ...one(values, "run", "run"),
      ...one(values, "loop_factory", "loopFactory"),
      ...one(values, "setup", "setup"),
      ...one(values, "editions", "editions"),
      ...one(values, "without", "without"),
      ...one(values, "call", "call"),
      path,
      flags: (values.get("flags") ?? "").split(/\s+/).filter((flag) => flag !== ""),
    }),
  };
};

const split = (rest: string): readonly string[] => {
  const at = rest.indexOf("?");
  return at === -1 ? [rest] : [rest.slice(0, at), rest.slice(at + 1)];
};

const pathOf = (interpreter: string, base: string): string =>
  /[\\/]/.test(interpreter) ? resolve(base, interpreter) : interpreterFor(interpreter);

function queryValues(query: string): URLSearchParams {
  const values = new URLSearchParams(query);
  for (const key of new Set(values.keys())) {
    if (!keys.includes(key)) {
      throw new UsageError(
        `expected one of ${keys.join(", ")} in a python subject, got ${JSON.stringify(key)}` +
          didYouMean(key, keys),
      );
    }
    if (key !== "path" && values.getAll(key).length > 1) {
      throw new UsageError(`expected ${key}= once in a python subject, got it several times`);
    }
  }
  return values;
}

function existingFolder(path: string): string {
  if (existsSync(path) && statSync(path).isDirectory()) return path;
  throw new UsageError(`expected path= to name a folder, got ${JSON.stringify(path)}`);
}

const one = <Name extends string>(
  values: URLSearchParams,
  key: string,
  name: Name,
): Partial<Record<Name, string>> => {
  const value = values.get(key);
  return value === null ? {} : ({ [name]: value } as Record<Name, string>);
};
