import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import which from "which";

import { decode, encode } from "../../protocol/frames";
import type { FromAdapter, FromHarness } from "../../protocol/messages";

export const adapterScript = path.join(__dirname, "adapter.py");

/** Every Python the adapter supports and may find on this machine. */
export const pythons = ["3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"] as const;

/** Where an interpreter is, or undefined when this machine has none that starts. */
export function locate(version: string): string | undefined {
  const named = which.sync(`python${version}`, { all: true, nothrow: true }) ?? [];
  return [...named, ...installedByPyenv(version)].find(
    (candidate) => spawnSync(candidate, ["-c", ""], { stdio: "ignore" }).status === 0,
  );
}

/** A shim on PATH starts only the version that is active, so the installed ones are looked up as well. */
function installedByPyenv(version: string): string[] {
  const versions = path.join(
    process.env["PYENV_ROOT"] ?? path.join(homedir(), ".pyenv"),
    "versions",
  );
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => name.startsWith(`${version}.`))
    .map((name) => path.join(versions, name, "bin", `python${version}`));
}

/** A conversation with a real adapter in raw frames; every frame it sends is checked against the schema. */
export class Peer {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  readonly ended: Promise<number | null>;
  stderr = "";

  constructor(interpreter: string, options: readonly string[] = [], flags: readonly string[] = []) {
    this.#process = spawn(interpreter, [...flags, adapterScript, ...options], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#process.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.#process.stdin.on("error", () => undefined);
    this.ended = once(this.#process, "close").then((end) => end[0] as number | null);
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  /** The next frame. */
  async receive(): Promise<FromAdapter> {
    for (;;) {
      const line = await this.#lines.next();
      if (line.done === true) throw new Error(`the adapter ended: ${this.stderr}`);
      if (line.value !== "") return decode(line.value);
    }
  }

  /** The next frame that is no notice. */
  async answer(): Promise<FromAdapter> {
    for (;;) {
      const message = await this.receive();
      if (message.type !== "notice") return message;
    }
  }

  send(message: FromHarness): void {
    this.#process.stdin.write(encode(message));
  }

  /** Sends a frame and waits for what it brings about. */
  ask(message: FromHarness): Promise<FromAdapter> {
    this.send(message);
    return this.answer();
  }

  call(
    op: string,
    rest: Partial<Extract<FromHarness, { type: "call" }>> = {},
  ): Promise<FromAdapter> {
    return this.ask({ type: "call", op, ...rest });
  }

  /** Opens a session; gives the process it runs in. */
  async open(globalDebug?: "environment" | "dev-mode"): Promise<number> {
    const opened = await this.ask({
      type: "open",
      session: "a test",
      ...(globalDebug && { globalDebug }),
    });
    if (opened.type !== "opened") throw new Error(`expected opened, got ${opened.type}`);
    return opened.pid;
  }

  /** Hangs up; gives the exit code. */
  hangUp(): Promise<number | null> {
    this.#process.stdin.end();
    return this.ended;
  }
}
