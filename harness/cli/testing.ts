import { execFile, spawn } from "node:child_process";
import { join } from "node:path";

// zod defines globals; loaded in the middle of a test they would look like a leak of its.
import "../protocol/frames";
import { perform } from "./program";

/** What a command line came to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Does what the CLI does, in this process. */
export async function cli(...args: string[]): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await perform(args, {
    print: (text) => void out.push(text),
    narrate: (text) => void err.push(text),
    rewrite: undefined,
    colour: false,
    width: 100,
  });
  return { code, stdout: out.join("\n"), stderr: err.join("\n") };
}

/** Starts the CLI as a process; `onStart` hears its pid, `onStderr` all it has narrated so far. */
export function spawnCli(
  args: readonly string[],
  options: {
    readonly onStart?: (pid: number) => void;
    readonly onStderr?: (text: string, pid: number) => void;
  } = {},
): Promise<Ended> {
  const register = require.resolve("ts-node/register/transpile-only");
  const child = spawn(
    process.execPath,
    ["--require", register, join(__dirname, "main.ts"), ...args],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  if (child.pid !== undefined) options.onStart?.(child.pid);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    if (child.pid !== undefined) options.onStderr?.(stderr, child.pid);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** The command lines of all processes that contain a text. */
export const processesWith = (text: string): Promise<readonly string[]> =>
  new Promise((resolve) => {
    execFile("ps", ["-eo", "args"], (_, stdout) => {
      const lines = stdout.split("\n");
      resolve(lines.filter((line) => line.includes(text)));
    });
  });

/** A program of the fixtures of this folder. */
export const fixture = (name: string): string => join(__dirname, "fixtures", name);
