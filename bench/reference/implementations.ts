import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { interpreterFor } from "../../harness/adapters/python/shims";
import { packageRoot } from "../../reference/native/package-root";

/** One column of the table. */
export interface Implementation {
  readonly name: string;
  /** The program that measures it, up to row and count; or why it cannot be measured here. */
  readonly command: readonly string[] | { readonly missing: string };
}

/** The columns; CPython, to which the others are related, is the second. */
export function implementations(): readonly Implementation[] {
  const python = interpreterFor(process.env["PYTHON"] ?? "python3.13");
  return [
    { name: "reference", command: typescript("with-reference") },
    { name: "CPython", command: asyncio(python) },
    { name: "uvloop", command: uvloop(python) },
    { name: "effect", command: typescript("with-effect") },
    { name: "effection", command: typescript("with-effection") },
    { name: "async/await", command: typescript("with-promises") },
  ];
}

const typescript = (module: string): Implementation["command"] => [
  process.execPath,
  "--expose-gc",
  join(__dirname, "program.js"),
  join(__dirname, `${module}.js`),
];

function asyncio(python: string): Implementation["command"] {
  if (spawnSync(python, ["--version"]).status !== 0) return { missing: `no ${python} here` };
  return [python, join(packageRoot(), "bench/reference/with_asyncio.py")];
}

function uvloop(python: string): Implementation["command"] {
  const environment = join(tmpdir(), "runner-conformance-uvloop");
  const itsPython = join(environment, "bin/python");
  const failure = existsSync(itsPython) ? null : installUvloop(python, environment);
  if (failure !== null) return { missing: failure };
  if (spawnSync(itsPython, ["-c", "import uvloop"]).status !== 0) {
    return { missing: `it could not be installed in ${environment}` };
  }
  return [itsPython, join(packageRoot(), "bench/reference/with_asyncio.py"), "--uvloop"];
}

/** Null, or why it failed. */
function installUvloop(python: string, environment: string): string | null {
  for (const [command, ...args] of [
    [python, "-m", "venv", environment],
    [join(environment, "bin/pip"), "install", "--quiet", "--disable-pip-version-check", "uvloop"],
  ] as const) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
    const lastLine = (error?.message ?? stderr).trim().split("\n").at(-1) ?? "";
    if (status !== 0) return lastLine;
  }
  return null;
}
