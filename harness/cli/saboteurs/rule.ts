/** A sentence of docs/protocol.md, and adapters that break it or make the most of it. */
export interface Rule {
  /** As the document says it, without its marks. */
  readonly sentence: string;
  /** By the name of the program beside this file. */
  readonly saboteurs: Readonly<Record<string, Ending>>;
}

/** What becomes of a saboteur that is judged by two tests. `%` stands for the command that starts it. */
export type Ending = Passes | Fails | NeverJudged;

interface Circumstances {
  /** What may be narrated beside the report, where it is noticed in time. Absent means nothing. */
  readonly note?: string;
  /** Scales what the harness waits for silence; enough to start Node on a busy machine. Absent means 1. */
  readonly patience?: number;
  /** Judges by one test instead of two: it takes long. */
  readonly onlyOnce?: true;
}

/** It does nothing that matters: exit code 0. */
interface Passes extends Circumstances {
  readonly outcome: "pass";
}

/** Every test ends like this: exit code 1, or 5 when it is unsupported. */
interface Fails extends Circumstances {
  readonly outcome: "fail" | "timeout" | "crash" | "protocol-error" | "unsupported";
  readonly message: string;
  /** Further evidence. Absent means that none is looked at. */
  readonly actual?: string;
}

/** It cannot be judged: exit code 3. */
interface NeverJudged extends Circumstances {
  readonly error: string;
  readonly message: string;
}
