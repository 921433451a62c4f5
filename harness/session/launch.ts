import { existsSync } from "node:fs";

import { decode, ProtocolError, shown } from "../protocol/frames";
import { protocolNumber, type Hello } from "../protocol/messages";
import { commandLine, type AdapterCommand } from "./command";
import { endOf, NoHandshake, NotStarted } from "./errors";
import { AdapterProcess, type End } from "./process";
import { deferred, within } from "./waiting";

/** How long a subject may take to start, before the multiplier. PyPy and Pyodide on a busy machine need seconds. */
export const startAllowance = 20_000;

export interface LaunchOptions {
  readonly timeoutMultiplier: number;
  readonly mirror?: NodeJS.WritableStream | undefined;
  /** Gives up starting. */
  readonly abort: AbortSignal;
}

/** A process that has said hello. */
export interface Launched {
  readonly process: AdapterProcess;
  readonly hello: Hello;
}

/**
 * Starts an adapter and waits for its hello, then hands the process to `adopt` before it can say another word.
 * Rejects with NotStarted or NoHandshake; nothing of the process is left then.
 */
export async function launch<T>(
  command: AdapterCommand,
  options: LaunchOptions,
  adopt: (launched: Launched) => T,
): Promise<T> {
  const { timeoutMultiplier, mirror, abort } = options;
  const adopted = deferred<T>();
  const name = commandLine(command);
  const allowance = startAllowance * timeoutMultiplier;
  let said = false;
  const process = await AdapterProcess.start(command, {
    mirror,
    listener: {
      line: (line) => {
        if (said) return;
        said = true;
        try {
          if (!process.leadsGroup) throw new LeadsNoGroup();
          adopted.resolve(adopt({ process, hello: helloOn(line, name) }));
        } catch (error) {
          adopted.reject(error as Error);
        }
      },
      fault: (message) => {
        adopted.reject(notHello(name, message));
      },
      ended: (end) => {
        adopted.reject(died(name, end, process.stderr.toString()));
      },
    },
  }).catch((error: unknown) => {
    throw notStarted(command, error as NodeJS.ErrnoException);
  });
  const giveUp = () => void process.terminate();
  abort.addEventListener("abort", giveUp);
  try {
    abort.throwIfAborted();
    if (await within(adopted.promise, allowance)) return await adopted.promise;
    throw hung(name, allowance, process.unfinishedLine);
  } catch (error) {
    await process.terminate();
    if (error instanceof LeadsNoGroup)
      return await launch({ ...command, leadsOwnGroup: false }, options, adopt);
    throw withStderr(error, process.stderr.toString());
  } finally {
    said = true;
    abort.removeEventListener("abort", giveUp);
  }
}

/** It was to make a group of its own and did not, for instance because a wrapper script stands before it. */
class LeadsNoGroup extends Error {}

function helloOn(line: string, name: string): Hello {
  const number = protocolOf(line);
  if (number !== undefined && number !== protocolNumber) {
    throw new NoHandshake(
      "wrong-protocol",
      `expected ${name} to speak protocol ${protocolNumber}, got ${number}; use a matching version of the adapter or of this harness`,
    );
  }
  try {
    const message = decode(line);
    if (message.type === "hello") return message;
    throw new ProtocolError(`got ${shown(line)}`);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw number === undefined ? notHello(name, error.message) : badHello(name, error.message);
  }
}

/** The protocol number of a line that says hello, even where the rest of it is of another protocol. */
function protocolOf(line: string): number | undefined {
  try {
    const said = JSON.parse(line) as { type?: unknown; protocol?: unknown } | null;
    return said?.type === "hello" && typeof said.protocol === "number" ? said.protocol : undefined;
  } catch {
    return undefined;
  }
}

function notStarted({ command, args, cwd }: AdapterCommand, cause: NodeJS.ErrnoException) {
  const expected = `expected to start ${commandLine({ command, args })}`;
  const error = (code: NotStarted["code"], message: string) =>
    new NotStarted(code, `${expected}, got ${message}`, { cause });
  // The system says ENOENT for three different things.
  if (cwd !== undefined && !existsSync(cwd))
    return error("no-such-directory", `no directory ${shown(cwd)}; create it or name another`);
  if (cause.code === "ENOENT") {
    return command.includes("/") && existsSync(command)
      ? error("not-executable", "a first line that names no program; correct its #! line")
      : error("not-found", `no program ${shown(command)}; check the name and the PATH`);
  }
  if (cause.code === "EACCES" || cause.code === "ENOEXEC") {
    return error(
      "not-executable",
      `a file that is not a program (${cause.code}); name its interpreter first, or make it executable`,
    );
  }
  return error("not-started", `${cause.message}; remove what the system complains about`);
}

function died(name: string, end: End, stderr: string): NoHandshake {
  const reason = stderr.trim();
  if (end.code === 3 && reason !== "") {
    // What comes before, such as a traceback, is evidence.
    const [sentence = ""] = reason.split("\n").slice(-1);
    return new NoHandshake("refused", `${sentence}\n(${name} gave this reason not to start)`);
  }
  return new NoHandshake(
    "died-before-hello",
    `expected ${name} to say hello, got ${endOf(end)}; ${reason === "" ? "run it by hand to see why" : "its stderr says why"}`,
  );
}

const notHello = (name: string, what: string) =>
  new NoHandshake(
    "not-hello",
    `expected ${name} to say hello in its first line, but ${what}; stdout belongs to the protocol, print to stderr`,
  );

const badHello = (name: string, what: string) =>
  new NoHandshake(
    "not-hello",
    `expected ${name} to say a hello of protocol ${protocolNumber}, but ${what}; correct what it says of itself`,
  );

const hung = (name: string, allowance: number, unfinished: string) =>
  new NoHandshake(
    "no-hello",
    `expected ${name} to say hello within ${allowance / 1000} s, got ` +
      (unfinished === ""
        ? "silence; flush after writing it, or allow more with --timeout-multiplier"
        : `${shown(unfinished)} without a newline; end every message with one`),
  );

function withStderr(error: unknown, stderr: string): unknown {
  return error instanceof NoHandshake
    ? new NoHandshake(error.code, error.message, { stderr, cause: error.cause })
    : error;
}
