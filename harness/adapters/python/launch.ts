import { closeSync, openSync, readSync } from "node:fs";
import { isAbsolute, join } from "node:path";

import type { AdapterCommand } from "../../session/command";
import { packageRoot } from "../package-root";

/** What a Python subject is made of, beside its interpreter. Absent means asyncio's own. */
export interface PythonSubject {
  /** Class like asyncio.Runner: `MODULE:NAME` or `none`. */
  readonly runner?: string;
  /** Function like asyncio.run: `MODULE:NAME` or `none`. */
  readonly run?: string;
  /** What makes new loops: `MODULE:NAME`. */
  readonly loopFactory?: string;
  /** A module imported before anything else. */
  readonly setup?: string;
  /** Folders searched for modules before all others. */
  readonly path?: readonly string[];
  /** Editions it claims, separated by commas; absent means the interpreter's own. */
  readonly editions?: string;
  /** Features it lacks although asyncio has them, separated by commas; absent means none. */
  readonly without?: string;
  /** Whether `run` takes a coroutine or a function. */
  readonly call?: string;
  /** Options of the interpreter. */
  readonly flags?: readonly string[];
}

const folder = () => join(packageRoot(), "harness/adapters/python");

/** The command that drives a subject with the Python adapter. */
export const pythonAdapter = (
  interpreter: string,
  subject: PythonSubject = {},
): AdapterCommand => ({
  command: interpreter,
  leadsOwnGroup: isProgram(interpreter),
  args: [...(subject.flags ?? []), join(folder(), "adapter.py"), ...optionsFor(subject)],
});

/**
 * The command that drives a subject with the Python adapter inside Pyodide, of which the folder is given. A snapshot is
 * a file that keeps a started interpreter; it is made where it is missing.
 */
export const pyodideAdapter = (
  pyodide: string,
  snapshot: string | undefined,
  subject: PythonSubject = {},
): AdapterCommand => ({
  command: process.execPath,
  args: [
    ...stackSwitching(Number.parseInt(process.versions.node)),
    join(folder(), "pyodide.mjs"),
    ...option("--pyodide", pyodide),
    ...option("--snapshot", snapshot),
    ...optionsFor(subject),
  ],
});

/** Without it nothing can wait in WebAssembly, and asyncio.run() raises. Node has it by itself from 25 on. */
function stackSwitching(node: number): readonly string[] {
  if (node < 22) return ["--experimental-wasm-stack-switching"];
  return node < 25 ? ["--experimental-wasm-jspi"] : [];
}

const optionsFor = (subject: PythonSubject): readonly string[] => [
  ...option("--runner", subject.runner),
  ...option("--run", subject.run),
  ...option("--loop-factory", subject.loopFactory),
  ...option("--setup", subject.setup),
  ...(subject.path ?? []).flatMap((path) => option("--path", path)),
  ...option("--editions", subject.editions),
  ...option("--without", subject.without),
  ...option("--call-style", subject.call),
];

/**
 * Whether it is the interpreter itself. A script that starts one could end and leave a child in no group of ours, so
 * the harness then makes the group.
 */
function isProgram(interpreter: string): boolean {
  if (!isAbsolute(interpreter)) return false;
  try {
    const file = openSync(interpreter, "r");
    const start = Buffer.alloc(2);
    readSync(file, start);
    closeSync(file);
    return start.toString() !== "#!";
  } catch {
    return false;
  }
}

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [name, value];
