import { spawn } from "node:child_process";

import type { Reproduction } from "./reproduction";

/** How long a script may take, in milliseconds; one that shows a hang takes ten seconds. */
const patience = 30_000;

/** What came of running a script once. */
export interface Trial {
  readonly shows: boolean;
  /** What it said instead, in one line. */
  readonly said: string;
}

/** Runs the script in `file` with the interpreter of its subject. */
export async function tried(
  { interpreter, flags, env, shows }: Pick<Reproduction, "interpreter" | "flags" | "env" | "shows">,
  file: string,
): Promise<Trial> {
  const { code, signal, stdout, stderr } = await ended(interpreter, [...flags, file], env);
  const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
  const said = `exit ${signal ?? code ?? "unknown"}, ${lastLine(stdout) || lastLine(stderr)}`;
  switch (shows) {
    case "values":
    case "trace":
      return { shows: code === 1 && stdout.includes("this is the failure"), said };
    case "hang":
      return { shows: code === 1 && /^Timeout \(/m.test(stderr), said };
    case "crash":
      return { shows: code !== 0 && !stdout.includes("no crash"), said };
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ended(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: patience,
      killSignal: "SIGKILL",
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on("error", (error) => {
      resolve({ code: null, signal: null, stdout, stderr: error.message });
    });
    child.on("close", (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
}
