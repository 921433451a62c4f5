// Plays the part of a Python interpreter for adapter.py: starts Pyodide in this process and runs the adapter in it.
//
//     node [flags] pyodide.mjs --pyodide FOLDER [--snapshot FILE] [options of adapter.py]
//
// One process serves one session. Reading an instruction blocks the whole process, as it does everywhere else: the
// thread of the subject is the only one there is.
import { existsSync, readdirSync, readFileSync, readSync } from "node:fs";
import { renameSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Node would quote the line it happened in, and Pyodide's code is one line of a megabyte.
process.on("uncaughtException", (error) => {
  writeSync(2, `${error?.stack ?? error}\n`);
  process.exit(1);
});

const { folder, snapshot, args } = ours(process.argv.slice(2));
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
// Left to itself, Pyodide opens process.stdin, which then no longer blocks: each read would be tried every 100 ms.
const silent = { stdin: () => undefined, stdout: () => undefined, stderr: () => undefined };
const pyodide = await interpreter();
pyodide.setStdin({ read: (buffer) => readSync(0, buffer), isatty: false });
pyodide.setStdout({ write: (buffer) => writeSync(1, buffer), isatty: false });
pyodide.setStderr({ write: (buffer) => writeSync(2, buffer), isatty: false });
for (const path of args.filter((_, index) => args[index - 1] === "--path")) {
  pyodide.mountNodeFS(path, path);
}
const { pid, env } = process;
const host = JSON.stringify({ pid, env, args });
const leave = (code) => process.exit(code);
// Stack switching, by which asyncio.run() waits in Pyodide, is for Python that was called like this. Other ways to call
// it asynchronously put a task around all, and then no loop but Pyodide's own can run one.
await pyodide
  .runPython(
    `
import json, os
from conformance_adapter.main import main

def become_interpreter(pid, env, args):
    """Adds what a process of its own would know by itself."""
    os.getpid = lambda: pid
    os._exit = leave
    os.environ.update(env)
    try:
        main(None, args)
    except SystemExit as ended:
        leave(ended.code)

lambda: become_interpreter(**json.loads(host))
`,
    { globals: pyodide.toPy({ host, leave }) },
  )
  .callPromising();

/** Our own two options, and the rest. */
function ours(words) {
  const [, folder, ...rest] = words;
  if (rest[0] !== "--snapshot") return { folder, args: rest };
  return { folder, snapshot: rest[1], args: rest.slice(2) };
}

/** Starting an interpreter takes seconds; one that was kept after its start comes back in a third of one. */
async function interpreter() {
  if (snapshot === undefined) return started();
  if (!isFresh(snapshot)) {
    const fresh = `${snapshot}-${process.pid}`;
    writeFileSync(fresh, (await started({ _makeSnapshot: true })).makeMemorySnapshot());
    renameSync(fresh, snapshot);
  }
  return loadPyodide({ ...silent, _loadSnapshot: new Uint8Array(readFileSync(snapshot)) });
}

/** Whether a snapshot is there, and no older than what is in it. */
function isFresh(path) {
  if (!existsSync(path)) return false;
  const modules = join(import.meta.dirname, "conformance_adapter");
  const files = readdirSync(modules).map((name) => join(modules, name));
  return [join(folder, "pyodide.asm.wasm"), import.meta.filename, ...files].every(
    (file) => statSync(file).mtimeMs < statSync(path).mtimeMs,
  );
}

/** One that has imported the adapter, and nothing of the subject. */
async function started(options = {}) {
  const pyodide = await loadPyodide({ ...silent, ...options });
  pyodide.mountNodeFS("/adapter", import.meta.dirname);
  pyodide.runPython(`
import sys
sys.path.insert(0, "/adapter")
import conformance_adapter.main
del sys.path[0], sys, conformance_adapter
`);
  pyodide.FS.unmount("/adapter");
  return pyodide;
}
