import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";

import { environmentFor, type AdapterCommand } from "./command";
import { LineReader, type LineListener } from "./lines";
import { keepTrackOf, type Living } from "./living";
import { signal } from "./signals";
import { StderrTail } from "./stderr-tail";
import { deferred, within } from "./waiting";

/**
 * An adapter's process and whatever it started, as one group.
 *
 * Problem: children outlive their parents, and a grandchild that inherited the pipes keeps them open, so neither
 * `exit` nor `close` alone says that all is over. What we do: the adapter leads its own group; the group is signalled,
 * never the process; the end is `close`, or `exit` plus a short wait for what is still in the pipes; whatever is left
 * of the group after that is killed and the pipes are destroyed. Rejected: waiting until the group is empty, because
 * orphans stay in it as zombies until init collects them, which took it two seconds in one container. What remains: a
 * process that leaves the group (`setsid`) escapes, except the one announced as the session's.
 */

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Who hears an adapter's process. */
export interface ProcessListener extends LineListener {
  /** After its last line and everything it wrote on stderr. */
  ended(end: End): void;
}

/** How long after its exit the pipes of a process may stay open before somebody else must be holding them. */
const drainingTime = 250;
/** How long after closing stdout a process may take to exit; a loaded machine needs some 10 ms. */
const exitingTime = 2000;
/** Between SIGTERM and SIGKILL. */
const graceTime = 500;

/** A running adapter process: lines in, lines out, one end. */
export class AdapterProcess implements Living {
  readonly pid: number;
  readonly stderr = new StderrTail();
  /** Changes hands: first the start-up listens, then the adapter. */
  listener: ProcessListener;
  /** A process of the session that may have left the group; killed with it. */
  sessionPid: number | undefined;
  readonly #lines: LineReader;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #release: () => void;
  readonly #exited = deferred<undefined>();
  readonly #over = deferred<undefined>();
  #end: End | undefined;
  #finished = false;
  #gone = false;
  #terminating: Promise<void> | undefined;

  private constructor(child: ChildProcessWithoutNullStreams, pid: number, options: StartOptions) {
    this.#child = child;
    this.pid = pid;
    this.listener = options.listener;
    this.#release = keepTrackOf(this);
    this.#lines = new LineReader({
      line: (line) => {
        this.listener.line(line);
      },
      fault: (message) => {
        this.listener.fault(message);
      },
    });
    this.#listen(options.mirror);
  }

  /** Starts a process. Rejects with the system's error when that is impossible. */
  static start(command: AdapterCommand, options: StartOptions): Promise<AdapterProcess> {
    return new Promise((resolve, reject) => {
      const child = spawn(command.command, command.args, {
        cwd: command.cwd,
        env: environmentFor(command),
        stdio: "pipe",
        detached: command.leadsOwnGroup !== true,
        windowsHide: true,
      });
      child.on("error", reject);
      if (child.pid !== undefined) resolve(new AdapterProcess(child, child.pid, options));
    });
  }

  /** Whether it leads a process group, which is then the one that is signalled. */
  get leadsGroup(): boolean {
    return signal(-this.pid, 0);
  }

  /** What it has written of a line it has not ended; empty where there is no such thing. */
  get unfinishedLine(): string {
    return this.#lines.unfinished;
  }

  /** How it ended; undefined while it runs. */
  get end(): End | undefined {
    return this.#end;
  }

  /** Whether nothing of it is left. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Sends one frame. What a dead process does not read is lost; its end is reported anyway. */
  write(frame: string): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(frame);
  }

  /** Asks it to leave by closing its stdin, waits a little, then makes sure. */
  async retire(patience: number): Promise<void> {
    if (this.#terminating === undefined) {
      this.#child.stdin.end();
      await within(this.#over.promise, patience);
    }
    await this.terminate();
  }

  /** SIGTERM to the group, grace, SIGKILL to the group, pipes destroyed. Afterwards nothing of it is left. */
  terminate(): Promise<void> {
    this.#terminating ??= this.#terminate();
    return this.#terminating;
  }

  kill(): void {
    this.#signal("SIGKILL");
    if (this.sessionPid !== undefined) signal(this.sessionPid, "SIGKILL");
  }

  async #terminate(): Promise<void> {
    this.#signal("SIGTERM");
    await within(this.#over.promise, graceTime);
    this.kill();
    // Destroying the pipes before the exit was seen would lose how it ended.
    await within(this.#over.promise, exitingTime);
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
    this.#finish(this.#end ?? { code: null, signal: "SIGKILL" });
    this.#release();
    this.#gone = true;
  }

  #signal(name: NodeJS.Signals): void {
    // One that is to make its own group may not have come that far.
    if (!signal(-this.pid, name) && this.#end === undefined) signal(this.pid, name);
  }

  #listen(mirror: NodeJS.WritableStream | undefined): void {
    const { stdin, stdout, stderr } = this.#child;
    const lines = this.#lines;
    // EPIPE: the process is gone or has closed its stdin; the first is reported as its end, the second as silence.
    stdin.on("error", () => undefined);
    stdout.on("data", (chunk: Buffer) => {
      lines.push(chunk);
    });
    stdout.on("end", () => {
      lines.end();
      void this.#expectExit();
    });
    stderr.on("data", (chunk: Buffer) => {
      this.stderr.push(chunk);
      mirror?.write(chunk);
    });
    this.#child.on("exit", (code, signalName) => {
      this.#end = { code, signal: signalName };
      this.#exited.resolve(undefined);
      void this.#finishSoon();
    });
    this.#child.on("close", () => {
      if (this.#end !== undefined) this.#finish(this.#end);
    });
  }

  async #expectExit(): Promise<void> {
    if (this.#terminating !== undefined || (await within(this.#exited.promise, exitingTime)))
      return;
    this.listener.fault(
      "expected stdout to stay open while the adapter runs, got its end; keep the descriptor of the protocol open",
    );
  }

  async #finishSoon(): Promise<void> {
    if (this.#end !== undefined && !(await within(this.#over.promise, drainingTime)))
      this.#finish(this.#end);
  }

  #finish(end: End): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#end = end;
    this.#over.resolve(undefined);
    void this.terminate();
    this.listener.ended(end);
  }
}

/** What a process is started with. */
export interface StartOptions {
  readonly listener: ProcessListener;
  /** Also receives what the process writes on stderr. Absent means nobody does. */
  readonly mirror?: NodeJS.WritableStream | undefined;
}
