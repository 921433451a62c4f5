import { Inbox, writeFrame, type InboxMemory } from "./inbox";

/** A frame of either side, as the adapter sees it: it trusts the harness to have checked. */
export interface Frame {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The conversation with the harness, for the thread that has the floor. */
export class Wire {
  readonly memory: InboxMemory;
  readonly #inbox: Inbox;

  constructor(memory: InboxMemory) {
    this.memory = memory;
    this.#inbox = new Inbox(memory);
  }

  send(frame: Frame): void {
    writeFrame(1, frame);
  }

  /** Blocks until the harness has said something. */
  receive(): Frame {
    return JSON.parse(this.#inbox.take()) as Frame;
  }

  /** What the harness has said meanwhile, if anything. */
  look(): Frame | undefined {
    const line = this.#inbox.look();
    return line === undefined ? undefined : (JSON.parse(line) as Frame);
  }
}
