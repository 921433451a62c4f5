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

/** The command that drives a subject with the Python adapter. */
export function pythonAdapter(interpreter: string, subject: PythonSubject = {}): AdapterCommand {
  const script = join(packageRoot(), "harness/adapters/python/adapter.py");
  return {
    command: interpreter,
    leadsOwnGroup: isProgram(interpreter),
    args: [
      ...(subject.flags ?? []),
      script,
      ...option("--runner", subject.runner),
      ...option("--run", subject.run),
      ...option("--loop-factory", subject.loopFactory),
      ...option("--setup", subject.setup),
      ...(subject.path ?? []).flatMap((folder) => option("--path", folder)),
      ...option("--editions", subject.editions),
      ...option("--without", subject.without),
      ...option("--call-style", subject.call),
    ],
  };
}

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
