import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";

import { environmentFor } from "../../session/command";
import { holdsShims, interpreterFor, isProgram, pyenvRoot, subfolders } from "./shims";

/** An interpreter of this machine. */
export interface Interpreter {
  /** What to write in a subject string: a name where it suffices, a path otherwise. */
  readonly name: string;
  /** Its path. */
  readonly path: string;
  readonly implementation: string;
  /** Of the language, for instance `3.13.0`. */
  readonly version: string;
}

/** How long an interpreter may take to say its version. */
const probeTime = 10_000;

/** Every interpreter on the PATH and where version managers keep theirs; each once, oldest first. */
export async function discoverInterpreters(env = process.env): Promise<readonly Interpreter[]> {
  const probed = await Promise.all(candidates(env).map((path) => probe(path)));
  const distinct = new Map<string, Probed>();
  for (const found of probed) {
    if (found !== undefined && !distinct.has(found.identity)) distinct.set(found.identity, found);
  }
  return [...distinct.values()]
    .map((found) => ({ ...found, name: shortName(found, env) }))
    .sort(byImplementationAndVersion);
}

interface Probed extends Omit<Interpreter, "name"> {
  /** The same for two paths that start the same interpreter with the same libraries. */
  readonly identity: string;
}

/** Written so that every Python understands it. */
const question =
  "import sys; sys.stdout.write('\\n'.join([getattr(getattr(sys, 'implementation', None), 'name', 'cpython'), " +
  "'.'.join(map(str, sys.version_info[:3])), sys.prefix, sys.executable]))";

function probe(path: string): Promise<Probed | undefined> {
  return new Promise((resolve) => {
    const env = environmentFor({ command: path, args: [] });
    const options = { timeout: probeTime, killSignal: "SIGKILL", env } as const;
    execFile(path, ["-E", "-s", "-c", question], options, (error, stdout) => {
      const [implementation, version, prefix, executable] = stdout.split("\n");
      if (error !== null || !implementation || !version || !executable) {
        resolve(undefined);
        return;
      }
      resolve({ path, implementation, version, identity: `${real(executable)}\n${prefix ?? ""}` });
    });
  });
}

/** Programs that look like an interpreter; links within one folder count once. */
function candidates(env: NodeJS.ProcessEnv): readonly string[] {
  const distinct = new Map<string, string>();
  for (const folder of new Set(folders(env).filter((name) => !holdsShims(name)))) {
    const names = subfolders(folder).filter((name) => /^(python|pypy)(\d(\.\d+t?)?)?$/.test(name));
    // The longest name says most: python3.13 rather than python.
    for (const name of names.sort((a, b) => b.length - a.length)) {
      const path = join(folder, name);
      const key = `${real(folder)}\n${real(path)}`;
      if (!distinct.has(key) && isProgram(path)) distinct.set(key, path);
    }
  }
  return [...distinct.values()];
}

function folders(env: NodeJS.ProcessEnv): readonly string[] {
  const home = homedir();
  const data = env["XDG_DATA_HOME"] ?? join(home, ".local/share");
  const managed = [
    join(pyenvRoot(env), "versions"),
    env["UV_PYTHON_INSTALL_DIR"] ?? join(data, "uv/python"),
    join(env["ASDF_DATA_DIR"] ?? join(home, ".asdf"), "installs/python"),
    join(env["MISE_DATA_DIR"] ?? join(data, "mise"), "installs/python"),
    "/Library/Frameworks/Python.framework/Versions",
  ];
  const condas = [
    ...["miniconda3", "anaconda3", "miniforge3", "mambaforge"].map((name) => join(home, name)),
    "/opt/conda",
    ...(env["CONDA_PREFIX"] === undefined ? [] : [env["CONDA_PREFIX"]]),
  ];
  return [
    ...(env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== ""),
    ...managed.flatMap((folder) => binsBelow(folder)),
    ...condas.flatMap((folder) => [join(folder, "bin"), ...binsBelow(join(folder, "envs"))]),
    ...["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin"],
    ...subfolders("/usr/local/opt")
      .filter((name) => name.startsWith("python@"))
      .map((name) => join("/usr/local/opt", name, "bin")),
  ];
}

const binsBelow = (folder: string): readonly string[] =>
  subfolders(folder).map((version) => join(folder, version, "bin"));

/** The name, where it starts that very program. */
function shortName({ path }: Probed, env: NodeJS.ProcessEnv): string {
  const name = basename(path);
  const started = interpreterFor(name, env);
  const found = started === name ? onPath(name, env) : started;
  const same =
    found !== undefined &&
    real(found) === real(path) &&
    real(dirname(found)) === real(dirname(path));
  return same ? name : path;
}

const onPath = (name: string, env: NodeJS.ProcessEnv): string | undefined =>
  (env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram);

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function byImplementationAndVersion(a: Interpreter, b: Interpreter): number {
  return (
    a.implementation.localeCompare(b.implementation) ||
    a.version.localeCompare(b.version, undefined, { numeric: true }) ||
    a.path.localeCompare(b.path)
  );
}

/** Whether an interpreter is too old to have `asyncio.run`. */
export const isTooOld = ({ version }: Interpreter): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < 3 || (major === 3 && minor < 7);
};
