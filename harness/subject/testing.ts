import type { FromAdapter, FromHarness, Hello } from "../protocol/messages";
import type { Breakdown, Session, TranscriptEntry } from "../session/session";

/** A session without a process: the test plays the adapter. */
export class FakeSession implements Session {
  readonly hello: Hello = {
    type: "hello",
    protocol: 1,
    subject: { name: "fake", version: "1", language: "none", platform: "none" },
    editions: ["3.13"],
    features: ["run", "runner"],
    isolation: "shared",
  };
  readonly pid = 1;
  readonly transcript: TranscriptEntry[] = [];
  readonly sent: FromHarness[] = [];
  readonly broken: Promise<Breakdown>;
  breakDown: (breakdown: Breakdown) => void = () => undefined;
  interrupts = 0;
  ended: "no" | "closed" | "abandoned" = "no";
  leaks: readonly string[] = [];
  #listener: (message: FromAdapter) => void = () => undefined;
  #answer: (message: FromHarness) => FromAdapter | undefined;

  /** `answer` says what the adapter says to a message; undefined is silence. */
  constructor(answer: (message: FromHarness) => FromAdapter | undefined = () => undefined) {
    this.#answer = answer;
    this.broken = new Promise((resolve) => {
      this.breakDown = resolve;
    });
  }

  send(message: FromHarness): void {
    this.sent.push(message);
    const answer = this.#answer(message);
    if (answer !== undefined) {
      queueMicrotask(() => {
        this.say(answer);
      });
    }
  }
  /** The adapter says something. */
  say(message: FromAdapter): void {
    this.#listener(message);
  }
  onMessage(listener: (message: FromAdapter) => void): void {
    this.#listener = listener;
  }
  unfinishedLine(): string {
    return "";
  }
  interrupt(): void {
    this.interrupts += 1;
  }
  idle(): Promise<void> {
    return Promise.resolve();
  }
  stackDump(): Promise<string> {
    return Promise.resolve("where it hangs");
  }
  close(): Promise<readonly string[]> {
    this.ended = "closed";
    return Promise.resolve(this.leaks);
  }
  abandon(): Promise<void> {
    this.ended = "abandoned";
    return Promise.resolve();
  }
}
