import type { FromAdapter, FromHarness, Hello } from "../protocol/messages";

/** Why a session cannot go on. */
export type Breakdown =
  | {
      /** Its process ended without being asked to. */
      readonly kind: "crash";
      readonly code: number | null;
      readonly signal: string | null;
      /** The end of what it wrote on stderr. */
      readonly stderr: string;
    }
  | {
      /** The adapter broke the protocol; the message quotes what it sent. */
      readonly kind: "protocol-error";
      readonly message: string;
    };

/** One line of a transcript. */
export interface TranscriptEntry {
  /** Milliseconds since the session was opened. */
  readonly at: number;
  readonly from: "harness" | "adapter" | "signal";
  readonly message: FromHarness | FromAdapter | { readonly signal: string };
}

/** What a session is opened with. */
export interface SessionOptions {
  readonly globalDebug?: "environment" | "dev-mode";
}

/** One test's private world inside a subject, as the transport sees it: frames, a process, its end. */
export interface Session {
  readonly hello: Hello;
  /** The process that runs the session. */
  readonly pid: number;
  /** Writes one checked frame. Throws HarnessBug. */
  send(message: FromHarness): void;
  /** Hands over every message after `opened`; to be called once, before the first `send`. */
  onMessage(listener: (message: FromAdapter) => void): void;
  /** Settles when the session cannot go on; never rejects, and stays pending in a session that ends well. */
  readonly broken: Promise<Breakdown>;
  /** Sends a real SIGINT to the session's process. */
  interrupt(): void;
  /** Settles when the subject's loop waits for events; as well as the platform lets us know. */
  idle(): Promise<void>;
  /** Asks a hung session where it is; empty where the subject cannot say. */
  stackDump(): Promise<string>;
  /** What the adapter has written of a line it has not ended; empty where there is no such thing. */
  unfinishedLine(): string;
  /** Ends the session politely; gives what it left behind in a shared process. Rejects when it breaks instead. */
  close(): Promise<readonly string[]>;
  /** Ends the session by force; afterwards the adapter is ready for another one, if need be restarted. */
  abandon(): Promise<void>;
  readonly transcript: readonly TranscriptEntry[];
}
