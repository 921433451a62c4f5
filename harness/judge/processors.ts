/**
 * Shares processors among sessions.
 *
 * Problem: a session that hangs waits for seconds and needs no processor, but if more sessions ran than there are
 * processors, those that work would slow each other down until an honest one looks as if it hung. What we do: whoever
 * works has a seat, there is one per processor, and who sleeps gives it up. Nobody can be kept from waking, so more may
 * be awake than there are seats; then nobody begins anything new until that has settled.
 */
export class Processors {
  readonly #seats: number;
  readonly #waiting: (() => void)[] = [];
  #watching: (() => void)[] = [];
  #awake = 0;
  #unlimited = false;

  constructor(seats: number) {
    this.#seats = seats;
  }

  /** A seat, if there is one that nobody waits for. */
  spare(): Seat | undefined {
    return this.#hasFree && this.#waiting.length === 0 ? new Seat(this) : undefined;
  }

  /** Settles when somebody has given a seat up. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#watching.push(resolve));
  }

  /** From now on nobody waits: what is left to do is to stop. */
  lift(): void {
    this.#unlimited = true;
    while (this.#waiting.length > 0) this.#admit();
  }

  /** For seats only: one more is awake, whether there is room or not. */
  woke(): void {
    this.#awake += 1;
  }

  /** For seats only: one less is awake, or none where it slept before. */
  slept(number = 1): void {
    this.#awake -= number;
    if (this.#hasFree && this.#waiting.length > 0) this.#admit();
    for (const tell of this.#watching.splice(0)) tell();
  }

  /** For seats only: one more is awake once there is room and nobody waits longer. */
  turn(): Promise<void> {
    const turn = new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#unlimited || this.#hasFree) this.#admit();
    return turn;
  }

  /** Counted at once: a promise settles later, and somebody else might take the place. */
  #admit(): void {
    this.#awake += 1;
    this.#waiting.shift()?.();
  }

  get #hasFree(): boolean {
    return this.#awake < this.#seats;
  }
}

/** A place among those that work; awake from the beginning. */
export class Seat {
  readonly #processors: Processors;
  #state: "awake" | "asleep" | "left" = "awake";

  constructor(processors: Processors) {
    this.#processors = processors;
    processors.woke();
  }

  /** Gives the processor up until `wake` or `ready`; false when it was given up before. */
  sleep(): boolean {
    if (this.#state !== "awake") return false;
    this.#state = "asleep";
    this.#processors.slept();
    return true;
  }

  /** It works again, whether there is room or not; false when it did so before. */
  wake(): boolean {
    if (this.#state !== "asleep") return false;
    this.#state = "awake";
    this.#processors.woke();
    return true;
  }

  /** Settles when the next thing may begin: those that wait longer come first. */
  async ready(): Promise<void> {
    this.sleep();
    await this.#processors.turn();
    this.#state = "awake";
  }

  /** Gives it up for good. */
  leave(): void {
    this.#processors.slept(this.#state === "awake" ? 1 : 0);
    this.#state = "left";
  }
}
