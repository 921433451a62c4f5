import { randomBytes } from "node:crypto";

import { encode, HarnessBug } from "../protocol/frames";
import type { FromAdapter, FromHarness, Hello } from "../protocol/messages";
import { isForeign } from "./descent";
import { SessionBroken } from "./errors";
import { idle } from "./idle";
import { startAllowance } from "./launch";
import type { Peer } from "./peer";
import type { End } from "./process";
import type { Breakdown, Session, SessionOptions, TranscriptEntry } from "./session";
import { signal } from "./signals";
import { stackDumpOf } from "./stack-dump";
import { deferred, within } from "./waiting";

/** How long an adapter may take to make a session, to end one, and to notice that one was killed. */
const openingTime = 10_000;
const closingTime = 5_000;
const dyingTime = 2_000;

/** How many notices in a row a transcript keeps; an honest spin has a few dozen. */
const tellingNotices = 1_000;

/** A session in an adapter process. */
export class LiveSession implements Session {
  readonly hello: Hello;
  readonly broken: Promise<Breakdown>;
  readonly transcript: TranscriptEntry[] = [];
  readonly #peer: Peer;
  readonly #startedAt = performance.now();
  #stderrBefore: number;
  readonly #opened = deferred<undefined>();
  readonly #closed = deferred<readonly string[]>();
  readonly #gone = deferred<undefined>();
  readonly #broken = deferred<Breakdown>();
  #phase: "opening" | "open" | "closing" | "abandoned" | "over" = "opening";
  #listener: ((message: FromAdapter) => void) | undefined;
  #pid = 0;
  #noticesInARow = 0;
  /** Calls the adapter has not answered yet. */
  #unanswered = 0;

  constructor(peer: Peer) {
    this.#peer = peer;
    this.hello = peer.hello;
    this.broken = this.#broken.promise;
    this.#stderrBefore = peer.process.stderr.total;
  }

  get pid(): number {
    return this.#pid;
  }

  /** Asks for the session. Rejects with SessionBroken when it cannot be had. */
  async open(options: SessionOptions): Promise<void> {
    // Development mode takes a fresh interpreter, which imports everything again.
    const startsAfresh = options.globalDebug === "dev-mode";
    const allowance = this.#peer.allowance(startsAfresh ? startAllowance : openingTime);
    this.send({ type: "open", session: randomBytes(8).toString("hex"), ...options });
    if (await within(this.#opened.promise, allowance)) return;
    this.violated(
      `expected opened within ${allowance / 1000} s of open, got silence; answer open with the pid of the session`,
    );
    await this.#opened.promise;
  }

  onMessage(listener: (message: FromAdapter) => void): void {
    if (this.#listener !== undefined)
      throw new HarnessBug("expected one listener per session, got a second one");
    this.#listener = listener;
  }

  send(message: FromHarness): void {
    const frame = encode(message);
    if (message.type === "call") this.#unanswered++;
    this.#note("harness", message);
    this.#peer.process.write(frame);
  }

  interrupt(): void {
    this.#note("signal", { signal: "SIGINT" });
    signal(this.#pid, "SIGINT");
  }

  idle(): Promise<void> {
    return idle(this.#pid);
  }

  stackDump(): Promise<string> {
    return stackDumpOf(this.#pid, this.hello, this.#peer);
  }

  unfinishedLine(): string {
    return this.#peer.process.unfinishedLine;
  }

  async close(): Promise<readonly string[]> {
    if (this.#phase === "open") {
      this.#phase = "closing";
      this.send({ type: "close" });
    }
    const allowance = this.#peer.allowance(closingTime);
    if (!(await within(this.#closed.promise, allowance))) {
      this.violated(
        `expected closed within ${allowance / 1000} s of close, got silence; end the session even where the subject left something behind`,
      );
    }
    return this.#closed.promise;
  }

  async abandon(): Promise<void> {
    if (this.#phase === "over") return this.#peer.settled();
    this.#phase = "abandoned";
    this.#closed.reject(new HarnessBug("expected a session to close, got one that was abandoned"));
    if (this.hello.isolation === "fork" && this.#pid !== 0) {
      signal(this.#pid, "SIGKILL");
      if (await within(this.#gone.promise, this.#peer.allowance(dyingTime))) {
        await this.#peer.settled();
        return;
      }
    }
    this.#phase = "over";
    await this.#peer.discard();
  }

  /** A message of the adapter's, checked. */
  receive(message: FromAdapter): void {
    this.#note("adapter", message);
    switch (message.type) {
      case "returned":
      case "raised":
      case "unsupported":
      case "adapter-error":
        if (this.#unanswered-- > 0) this.#handOver(message);
        else this.#outOfTurn(message.type, this.#due());
        break;
      case "step":
      case "notice":
        this.#handOver(message);
        break;
      case "opened":
        this.#onOpened(message.pid);
        break;
      case "closed":
        this.#onClosed(message.leaks ?? []);
        break;
      case "died":
        this.#onDied(message.code, message.signal);
        break;
      case "hello":
        this.#outOfTurn("hello", "it was said before");
        break;
    }
  }

  /** The adapter broke the protocol. */
  violated(message: string): void {
    this.#break({ kind: "protocol-error", message });
    void this.#peer.discard();
  }

  /** The adapter's process ended. */
  crashed(end: End): void {
    this.#break({ kind: "crash", ...end, stderr: this.#stderr() });
    void this.#peer.discard();
  }

  #handOver(message: FromAdapter): void {
    if (this.#phase === "open" && this.#listener !== undefined) this.#listener(message);
    else if (message.type !== "notice") this.#outOfTurn(message.type, this.#due());
  }

  #due(): string {
    if (this.#phase === "opening") return "opened is due";
    return this.#phase === "closing" ? "closed is due" : "nothing was asked";
  }

  #onOpened(pid: number): void {
    if (this.#phase !== "opening") {
      this.#outOfTurn("opened", "it was said before");
    } else if (isForeign(pid, this.#peer.process.pid)) {
      // We are going to signal it.
      this.violated(
        `expected opened to name the process of the session, got ${pid}, which is not the adapter's; send the subject's own pid`,
      );
    } else {
      this.#pid = pid;
      if (this.hello.isolation === "fork") this.#peer.process.sessionPid = pid;
      // Not earlier: what the previous session wrote may just be in the pipe.
      this.#stderrBefore = this.#peer.process.stderr.total;
      this.#phase = "open";
      this.#opened.resolve(undefined);
    }
  }

  #onClosed(leaks: readonly string[]): void {
    if (this.#phase !== "closing" && this.#phase !== "abandoned") {
      this.#outOfTurn("closed", "close was not sent");
      return;
    }
    this.#closed.resolve(leaks);
    this.#finish();
    // What a session left behind must not judge the next one.
    if (leaks.length > 0) void this.#peer.retire();
  }

  #onDied(code: number | null, signal: string | null): void {
    if (this.hello.isolation !== "fork") {
      this.#outOfTurn("died", "sessions of this adapter have no process of their own");
      return;
    }
    const expected = this.#phase === "abandoned";
    this.#finish();
    if (expected) return;
    void this.#stderrSettles().then(() => {
      this.#break({ kind: "crash", code, signal, stderr: this.#stderr() });
    });
  }

  #outOfTurn(type: string, because: string): void {
    if (this.#phase === "abandoned" || this.#phase === "over") return;
    this.violated(`expected no ${type}, got one: ${because}; send each message only in its turn`);
  }

  #break(breakdown: Breakdown): void {
    if (this.#phase !== "abandoned") this.#broken.resolve(breakdown);
    const error = new SessionBroken(breakdown);
    this.#opened.reject(error);
    this.#closed.reject(error);
    this.#gone.resolve(undefined);
    this.#phase = "over";
  }

  #finish(): void {
    this.#phase = "over";
    this.#gone.resolve(undefined);
    this.#peer.process.sessionPid = undefined;
    this.#peer.release();
  }

  #stderr(): string {
    return this.#peer.process.stderr.since(this.#stderrBefore);
  }

  /** What a dead process wrote is in the pipe already; reading it takes a turn of the event loop or two. */
  async #stderrSettles(): Promise<void> {
    const { stderr } = this.#peer.process;
    for (let before = -1, turns = 0; before !== stderr.total && turns < 100; turns++) {
      before = stderr.total;
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #note(from: TranscriptEntry["from"], message: TranscriptEntry["message"]): void {
    const isNotice = "type" in message && message.type === "notice";
    this.#noticesInARow = isNotice ? this.#noticesInARow + 1 : 0;
    // A flood of them says nothing more, and would be too long for a report.
    if (this.#noticesInARow > tellingNotices) return;
    this.transcript.push({ at: performance.now() - this.#startedAt, from, message });
  }
}
