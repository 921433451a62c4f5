import type { FromAdapter, FromHarness, Hello } from "../../../harness/protocol/messages";
import type { Session } from "../../../harness/session/session";
import { editions } from "../../../spec/editions";
import { features, type Feature } from "../../../spec/requirement";

/** What a probe says to a message; undefined is silence. */
export type Answer = (message: FromHarness) => FromAdapter | undefined;

/** Claims everything there is. */
const hello: Hello = {
  type: "hello",
  protocol: 1,
  subject: { name: "probe", version: "0", language: "none", platform: "none" },
  editions: [...editions],
  features: Object.keys(features) as Feature[],
  isolation: "shared",
};

/** A session with nothing behind it: no process, no loop, no coroutine. */
export class ProbeSession implements Session {
  readonly hello = hello;
  readonly pid = 0;
  readonly broken = new Promise<never>(() => undefined);
  readonly transcript = [];
  readonly #answer: Answer;
  #listener: (message: FromAdapter) => void = () => undefined;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  send(message: FromHarness): void {
    const answer = this.#answer(message);
    if (answer === undefined) return;
    setImmediate(() => {
      this.#listener(answer);
    });
  }
  onMessage(listener: (message: FromAdapter) => void): void {
    this.#listener = listener;
  }
  unfinishedLine(): string {
    return "";
  }
  interrupt(): void {
    // Nobody is there.
  }
  idle(): Promise<void> {
    return Promise.resolve();
  }
  stackDump(): Promise<string> {
    return Promise.resolve("");
  }
  close(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
  abandon(): Promise<void> {
    return Promise.resolve();
  }
}
