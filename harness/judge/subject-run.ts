import { newestEdition, type Edition } from "../../spec/editions";
import type { Judgement, Opener } from "./judge";
import { planFor, type Plan, type Selection } from "./plan";
import type { ConformanceTest } from "./suite";

/** An adapter that can be let go. */
export interface RunningAdapter extends Opener {
  stop(): Promise<void>;
}

/** A subject to be judged. */
export interface Candidate {
  /** What the user calls it. */
  readonly name: string;
  /** The edition it is to be judged by; absent means the last one it claims. */
  readonly edition?: Edition | undefined;
  /** Whether it may hang a lot, so that it should begin early: its waiting then has company. Absent means no. */
  readonly mayHang?: boolean;
  /** Starts an adapter of its own for whoever calls. Rejects when that is impossible. */
  start(): Promise<RunningAdapter>;
}

/** One subject in the middle of being judged: who takes which test, and what came out. */
export class SubjectRun {
  readonly candidate: Candidate;
  readonly judgements = new Map<ConformanceTest, Judgement>();
  /** Known once it has said hello. */
  hello: Opener["hello"] | undefined;
  plan: Plan | undefined;
  /** Why it could not be judged to the end. */
  failure: Error | undefined;
  /** Adapters at work. */
  lanes = 0;
  /** How many of them wait for a session that sleeps. */
  asleep = 0;
  startedAt: number | undefined;
  endedAt: number | undefined;
  readonly #selection: Selection;
  readonly #claimed = new Set<ConformanceTest>();
  #spentMs = 0;

  constructor(candidate: Candidate, selection: Selection) {
    this.candidate = candidate;
    this.#selection = selection;
  }

  /** Takes note of who it is, and decides what is judged. */
  introduce(hello: Opener["hello"]): Plan {
    this.hello ??= hello;
    this.plan ??= planFor(this.#selection, this.candidate.edition ?? lastOf(hello.editions));
    return this.plan;
  }

  /** Keeps what a test came to. */
  keep(test: ConformanceTest, judgement: Judgement): void {
    this.judgements.set(test, judgement);
    this.#spentMs += judgement.durationMs;
  }

  /** How long a test takes in the mean, as far as is known; one whose session sleeps counts as one that will hang. */
  meanMs(allowedMs: number): number {
    const known = this.judgements.size + this.asleep;
    return known === 0 ? 0 : (this.#spentMs + this.asleep * allowedMs) / known;
  }

  /** Whether a lane has taken a test. */
  isClaimed(test: ConformanceTest): boolean {
    return this.#claimed.has(test);
  }

  /** Takes a test for one lane; false when another has it. */
  claim(test: ConformanceTest): boolean {
    if (this.#claimed.has(test)) return false;
    this.#claimed.add(test);
    return true;
  }

  /** How many tests nobody has taken yet. */
  get unclaimed(): number {
    return this.failure === undefined
      ? (this.plan ?? this.#selection).tests.length - this.#claimed.size
      : 0;
  }

  /** Whether every test of its plan was judged. */
  get complete(): boolean {
    return this.judgements.size === this.plan?.tests.length;
  }

  /** Wall time from its first lane to the end of its last one. */
  get durationMs(): number {
    return (this.endedAt ?? performance.now()) - (this.startedAt ?? performance.now());
  }
}

/** The protocol demands at least one. */
const lastOf = (editions: readonly Edition[]): Edition => editions.at(-1) ?? newestEdition;
