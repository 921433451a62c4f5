import type { Rule } from "./rule";

const turn = "send each message only in its turn";
const unusable = (last: string) =>
  ({
    error: "became-unusable",
    message: `expected % to open another session, got 3 failures in a row; the last: ${last}`,
  }) as const;
const foreign = unusable(
  "expected opened to name the process of the session, got a pid, which is not the adapter's; send the subject's own pid",
);

/** About sessions and processes. */
export const sessionRules: readonly Rule[] = [
  {
    sentence: "The harness says open and gets opened, or says close and gets closed.",
    saboteurs: {
      "never-opens": {
        ...unusable(
          "expected opened within 2 s of open, got silence; answer open with the pid of the session",
        ),
        patience: 0.2,
      },
      "returned-for-open": unusable(`expected no returned, got one: opened is due; ${turn}`),
      "exits-on-open": unusable("expected the session to go on, got exit code 9"),
      "opens-twice": {
        outcome: "protocol-error",
        message: `expected no opened, got one: it was said before; ${turn}`,
      },
      "never-closes": {
        outcome: "protocol-error",
        message:
          "expected closed within 1 s of close, got silence; end the session even where the subject left something behind",
        patience: 0.2,
        onlyOnce: true,
      },
      "closes-unasked": {
        outcome: "protocol-error",
        message: `expected no closed, got one: close was not sent; ${turn}`,
      },
      "steps-instead-of-closing": {
        outcome: "protocol-error",
        message: `expected no step, got one: closed is due; ${turn}`,
      },
      "exits-between-sessions": {
        outcome: "pass",
        note: "expected the adapter to wait for the next session, got exit code 4; exit only when stdin ends",
      },
      "speaks-between-sessions": {
        outcome: "pass",
        note: 'expected silence between sessions, got "{\\"type\\":\\"closed\\"}"; speak only when asked',
      },
    },
  },
  {
    sentence: "The process that runs the session and receives its signals.",
    saboteurs: {
      "opened-with-foreign-pid": foreign,
      "opened-with-pid-of-harness": foreign,
      "opened-with-pid-of-init": foreign,
    },
  },
  {
    sentence: "What the session left behind in a shared process. Absent or empty means nothing.",
    saboteurs: {
      "leaves-leftovers": {
        outcome: "fail",
        message: "expected a clean end, got leftovers: a thread, a signal handler",
      },
    },
  },
  {
    sentence: "The process of a forked session ended without being asked to.",
    saboteurs: {
      "died-without-fork": {
        outcome: "protocol-error",
        message: `expected no died, got one: sessions of this adapter have no process of their own; ${turn}`,
      },
      "fork-exits-0-in-mid-test": {
        outcome: "crash",
        message: "expected the process to live, got its end by exit status 0",
      },
      "exits-0-in-mid-test": {
        outcome: "crash",
        message: "expected the process to live, got its end by exit status 0",
      },
      segfaults: {
        outcome: "crash",
        message: "expected the process to live, got its end by SIGSEGV",
      },
      "stops-itself": {
        outcome: "timeout",
        message: "expected an end within 2 s, got none",
        patience: 0.2,
        onlyOnce: true,
      },
    },
  },
  {
    sentence: "End of input means: end the session, end every process, exit with status 0.",
    saboteurs: {
      "ignores-end-of-input": { outcome: "pass" },
      "ignores-sigterm": { outcome: "pass" },
      "grandchild-keeps-the-pipes": { outcome: "pass" },
      "grandchild-outlives-a-crash": {
        outcome: "crash",
        message: "expected the process to live, got its end by exit status 6",
      },
    },
  },
];
