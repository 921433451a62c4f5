import { count } from "./describe";

/** Where narration goes. */
export interface ProgressOutput {
  narrate(text: string): void;
  readonly rewrite: ((line: string) => void) | undefined;
  readonly width: number;
}

/** What is counted while subjects are judged. */
export interface SoFar {
  readonly subjects: number;
  readonly done: number;
  readonly judged: number;
  /** Failures nobody expected. */
  readonly failed: number;
  /** Failures that were to come. */
  readonly excused: number;
  /** Expectations that turned out stale; known only of subjects that are done. */
  readonly stale: number;
  readonly latest: string;
}

/** Redrawing more often than this costs time and shows nothing. */
const redrawing = 80;

/** Shows how far a run is: one line that is rewritten on a terminal, one line per subject elsewhere. */
export class Progress {
  readonly #output: ProgressOutput;
  #drawnAt = 0;
  #drawn = false;

  constructor(output: ProgressOutput) {
    this.#output = output;
  }

  update(sofar: SoFar): void {
    if (this.#output.rewrite === undefined || performance.now() - this.#drawnAt < redrawing) return;
    this.#drawnAt = performance.now();
    this.#drawn = true;
    this.#output.rewrite(progressLine(sofar).slice(0, this.#output.width - 1));
  }

  /** Says something that stays. On a terminal, what a subject came to is in the table. */
  note(text: string): void {
    this.clear();
    this.#output.narrate(text);
  }

  /** Says something that stays where no line is rewritten. */
  log(text: string): void {
    if (this.#output.rewrite === undefined) this.#output.narrate(text);
  }

  /** Takes the rewritten line away. */
  clear(): void {
    if (this.#drawn) this.#output.rewrite?.("");
    this.#drawn = false;
  }
}

/** How far a run is, in one line. */
function progressLine(sofar: SoFar): string {
  const { subjects, done, judged, failed, excused, stale, latest } = sofar;
  return [
    `${done} of ${count(subjects, "subject")} judged`,
    count(judged, "test"),
    `${failed} failed${excused > 0 ? " unexpectedly" : ""}`,
    ...(excused > 0 ? [`${excused} as expected`] : []),
    ...(stale > 0 ? [`${stale} stale`] : []),
    latest,
  ].join(" · ");
}
