import { HarnessBug } from "../protocol/frames";
import type { Hello } from "../protocol/messages";
import { commandLine, type AdapterCommand } from "./command";
import { BecameUnusable } from "./errors";
import { launch } from "./launch";
import { Peer } from "./peer";
import type { Session, SessionOptions } from "./session";

/** How often in a row opening a session may fail before the adapter counts as unusable. */
const attempts = 3;

export interface AdapterOptions {
  /** Scales every time allowance. Absent means 1. */
  readonly timeoutMultiplier?: number;
  /** Gives each session a process of its own even where the adapter would share one. Absent means as it likes. */
  readonly isolate?: boolean;
  /** Also receives what the adapter writes on stderr. Absent means it is only kept as evidence. */
  readonly mirror?: NodeJS.WritableStream;
  /** Hears what is worth telling but belongs to no session. Absent means nobody does. */
  readonly onNote?: (note: string) => void;
}

/** An adapter: gives one session after the other, and starts its process again where that is needed. */
export class Adapter {
  readonly #command: AdapterCommand;
  readonly #options: AdapterOptions;
  readonly #stopping = new AbortController();
  readonly #peers = new Set<Peer>();
  #current: Peer | undefined;
  /** Started while the current one works. */
  #next: Promise<Peer> | undefined;
  #unusable: BecameUnusable | undefined;

  private constructor(command: AdapterCommand, options: AdapterOptions) {
    this.#command = command;
    this.#options = options;
  }

  /** Starts an adapter and waits for its hello. Rejects with NotStarted or NoHandshake. */
  static async start(command: AdapterCommand, options: AdapterOptions = {}): Promise<Adapter> {
    const adapter = new Adapter(command, options);
    adapter.#current = await adapter.#launch();
    return adapter;
  }

  /** What it said of itself when it was last started. */
  get hello(): Hello {
    if (this.#current === undefined) throw new HarnessBug("expected a started adapter, got none");
    return this.#current.hello;
  }

  /** Opens a session, in a new process if need be. One at a time. Rejects with BecameUnusable. */
  async open(options: SessionOptions = {}): Promise<Session> {
    this.#mayOpen();
    for (let attempt = 1; this.#unusable === undefined; attempt++) {
      try {
        const session = await (await this.#usablePeer()).open(options);
        if (this.#current?.once === true) this.#warmUp();
        return session;
      } catch (error) {
        if (error instanceof HarnessBug || this.#stopping.signal.aborted) throw error;
        if (attempt === attempts) this.#unusable = unusable(this.#command, error as Error);
      }
    }
    throw this.#unusable;
  }

  /** Closes its stdin, waits a little, and makes sure that nothing of it is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#next?.catch(() => undefined);
    await Promise.all([...this.#peers].map((peer) => peer.retire()));
    this.#peers.clear();
  }

  #mayOpen(): void {
    if (this.#stopping.signal.aborted)
      throw new HarnessBug("expected a running adapter, got one that was stopped");
    if (this.#current?.busy === true) {
      throw new HarnessBug(
        "expected the previous session to be over, got another open; close or abandon it first",
      );
    }
  }

  async #usablePeer(): Promise<Peer> {
    if (this.#current?.usable === true) return this.#current;
    const next = this.#next ?? this.#launch();
    this.#next = undefined;
    this.#current = await next;
    if (this.#current.usable) return this.#current;
    throw new Error(this.#current.trouble ?? "expected a new process to be usable, got none");
  }

  #warmUp(): void {
    this.#next ??= this.#launch();
    // Its failure is told to whoever opens the next session.
    this.#next.catch(() => undefined);
  }

  async #launch(): Promise<Peer> {
    const {
      timeoutMultiplier = 1,
      isolate = false,
      mirror,
      onNote = () => undefined,
    } = this.#options;
    const abort = this.#stopping.signal;
    const peer = await launch(this.#command, { timeoutMultiplier, mirror, abort }, (launched) => {
      const { isolation } = launched.hello;
      const once = isolation === "process" || (isolation === "shared" && isolate);
      return new Peer(launched, { timeoutMultiplier, onNote, once });
    });
    for (const other of this.#peers) if (other.process.gone) this.#peers.delete(other);
    this.#peers.add(peer);
    return peer;
  }
}

const unusable = (command: AdapterCommand, last: Error): BecameUnusable =>
  new BecameUnusable(
    "became-unusable",
    `expected ${commandLine(command)} to open another session, got ${attempts} failures in a row; the last: ${last.message}`,
    { cause: last },
  );
