import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

import { pyodideAdapter, pythonAdapter, type PythonSubject } from "../../adapters/python/launch";
import { interpreterFor } from "../../adapters/python/shims";
import { didYouMean, UsageError } from "../../usage-error";
import type { SubjectKind } from "./parse";

const keys = ["runner", "run", "loop_factory", "setup", "path", "editions", "without", "call"];

/** `python:INTERPRETER?key=value&…`. */
export const pythonSubject: SubjectKind = (rest, base) => {
  const [interpreter = "", query = ""] = split(rest);
  if (interpreter === "") {
    throw new UsageError(
      "expected an interpreter after python:, got nothing; write for instance python:python3.13",
    );
  }
  const values = queryValues(query, "python", [...keys, "flags"]);
  return {
    command: pythonAdapter(pathOf(interpreter, base), {
      ...entryPoints(values, base),
      flags: (values.get("flags") ?? "").split(/\s+/).filter((flag) => flag !== ""),
    }),
  };
};

/** `pyodide:FOLDER?key=value&…`: a Python compiled to WebAssembly, in a folder that has its `pyodide.mjs`. */
export const pyodideSubject: SubjectKind = (rest, base) => {
  const [folder = "", query = ""] = split(rest);
  const pyodide = resolve(base, folder);
  if (folder === "" || !existsSync(join(pyodide, "pyodide.mjs"))) {
    throw new UsageError(
      `expected a folder with pyodide.mjs after pyodide:, got ${JSON.stringify(folder)}; write for instance pyodide:node_modules/pyodide`,
    );
  }
  const values = queryValues(query, "pyodide", [...keys, "snapshot"]);
  const snapshot = values.get("snapshot");
  return {
    command: pyodideAdapter(
      pyodide,
      snapshot === null ? undefined : resolve(base, snapshot),
      entryPoints(values, base),
    ),
  };
};

const entryPoints = (values: URLSearchParams, base: string): PythonSubject => ({
  ...one(values, "runner", "runner"),
  ...one(values, "run", "run"),
  ...one(values, "loop_factory", "loopFactory"),
  ...one(values, "setup", "setup"),
  ...one(values, "editions", "editions"),
  ...one(values, "without", "without"),
  ...one(values, "call", "call"),
  path: values.getAll("path").map((folder) => existingFolder(resolve(base, folder))),
});

const split = (rest: string): readonly string[] => {
  const at = rest.indexOf("?");
  return at === -1 ? [rest] : [rest.slice(0, at), rest.slice(at + 1)];
};

const pathOf = (interpreter: string, base: string): string =>
  /[\\/]/.test(interpreter) ? resolve(base, interpreter) : interpreterFor(interpreter);

function queryValues(query: string, kind: string, known: readonly string[]): URLSearchParams {
  const values = new URLSearchParams(query);
  for (const key of new Set(values.keys())) {
    if (!known.includes(key)) {
      throw new UsageError(
        `expected one of ${known.join(", ")} in a ${kind} subject, got ${JSON.stringify(key)}` +
          didYouMean(key, known),
      );
    }
    if (key !== "path" && values.getAll(key).length > 1) {
      throw new UsageError(`expected ${key}= once in a ${kind} subject, got it several times`);
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
