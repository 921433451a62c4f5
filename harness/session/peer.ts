import { decode, HarnessBug, shown } from "../protocol/frames";
import type { FromAdapter, Hello } from "../protocol/messages";
import { endOf } from "./errors";
import type { Launched } from "./launch";
import { LiveSession } from "./live-session";
import type { AdapterProcess, End, ProcessListener } from "./process";
import type { SessionOptions } from "./session";

/** How long an adapter may take to exit after its stdin was closed, before it is terminated. */
const retiringTime = 500;

export interface PeerOptions {
  readonly timeoutMultiplier: number;
  /** The process serves one session only. */
  readonly once: boolean;
  /** Hears what is worth telling but belongs to no session. */
  readonly onNote: (note: string) => void;
}

/** One adapter process after its hello: routes what it says to the session it runs, if any. */
export class Peer implements ProcessListener {
  readonly hello: Hello;
  readonly process: AdapterProcess;
  readonly #options: PeerOptions;
  #session: LiveSession | undefined;
  #usable = true;
  #trouble: string | undefined;
  #retiring: Promise<void> | undefined;

  constructor({ process, hello }: Launched, options: PeerOptions) {
    this.process = process;
    this.hello = hello;
    this.#options = options;
    process.listener = this;
  }

  /** Whether another session can be opened in it. */
  get usable(): boolean {
    return this.#usable && this.#session === undefined && this.process.end === undefined;
  }

  /** Why it cannot be used though nobody asked it to leave; undefined where there is no such reason. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Whether it serves one session only. */
  get once(): boolean {
    return this.#options.once;
  }

  /** Whether a session runs in it. */
  get busy(): boolean {
    return this.#session !== undefined;
  }

  /** Opens a session. Rejects with SessionBroken. */
  async open(options: SessionOptions): Promise<LiveSession> {
    if (!this.usable) throw new HarnessBug("expected a usable process, got one that is not");
    this.#session = new LiveSession(this);
    if (this.#options.once) this.#usable = false;
    await this.#session.open(options);
    return this.#session;
  }

  /** A time allowance, as the user scaled it. */
  allowance(milliseconds: number): number {
    return milliseconds * this.#options.timeoutMultiplier;
  }

  /** The session is over. */
  release(): void {
    this.#session = undefined;
    if (!this.#usable) void this.retire();
  }

  /** The session is over and the process cannot be trusted with another one; settles when nothing of it is left. */
  discard(): Promise<void> {
    this.#usable = false;
    this.#session = undefined;
    return (this.#retiring = this.process.terminate());
  }

  /** Lets the process go; settles when nothing of it is left. */
  retire(): Promise<void> {
    this.#usable = false;
    this.#retiring ??= this.process.retire(retiringTime);
    return this.#retiring;
  }

  /** Settles when a process that is on its way out has left; at once for one that stays. */
  settled(): Promise<void> {
    return this.#retiring ?? Promise.resolve();
  }

  line(line: string): void {
    let message: FromAdapter;
    try {
      message = decode(line);
    } catch (error) {
      this.fault((error as Error).message);
      return;
    }
    if (this.#session !== undefined) this.#session.receive(message);
    else if (this.#usable)
      this.fault(`expected silence between sessions, got ${shown(line)}; speak only when asked`);
  }

  fault(message: string): void {
    if (this.#session !== undefined) this.#session.violated(message);
    else if (this.#usable) {
      this.#noteTrouble(message);
      void this.discard();
    }
  }

  ended(end: End): void {
    if (this.#session !== undefined) this.#session.crashed(end);
    else if (this.#usable) {
      this.#noteTrouble(
        `expected the adapter to wait for the next session, got ${endOf(end)}; exit only when stdin ends`,
      );
      this.#usable = false;
    }
  }

  #noteTrouble(what: string): void {
    this.#trouble = what;
    this.#options.onNote(what);
  }
}
