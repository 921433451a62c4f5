import type { Rule } from "./rule";

const turn = "send each message only in its turn";

/** About who speaks when, and about what. */
export const floorRules: readonly Rule[] = [
  {
    sentence: "at any moment exactly one side has the floor.",
    saboteurs: {
      "answers-out-of-turn": {
        outcome: "protocol-error",
        message:
          "expected silence while the harness has the floor, got returned; wait for the next instruction",
      },
      "steps-twice": {
        outcome: "protocol-error",
        message:
          "expected silence while the harness has the floor, got step; wait for the next instruction",
      },
    },
  },
  {
    sentence: "Answered by exactly one of returned, raised, unsupported, adapter-error.",
    saboteurs: {
      "answers-twice": {
        outcome: "protocol-error",
        message: `expected no returned, got one: nothing was asked; ${turn}`,
      },
      "closed-for-call": {
        outcome: "protocol-error",
        message: `expected no closed, got one: close was not sent; ${turn}`,
      },
      hangs: {
        outcome: "timeout",
        message: "expected an end within 2 s, got none",
        patience: 0.2,
        onlyOnce: true,
      },
    },
  },
  {
    sentence: "The adapter could not even try: unknown operation",
    saboteurs: {
      "cannot-even-try": {
        outcome: "protocol-error",
        message: "expected the adapter to try asyncio.run, got adapter-error: unknown operation",
      },
    },
  },
  {
    sentence: "the same object always has the same number",
    saboteurs: {
      "unknown-reference": {
        outcome: "fail",
        message: "expected object#99 to equal object#1",
        onlyOnce: true,
      },
      "reference-without-kind": {
        outcome: "protocol-error",
        message:
          'expected a message of the protocol, got "{\\"type\\":\\"returned\\",\\"value\\":{\\"ref\\":1}}": ✖ Invalid input → at value',
      },
    },
  },
  {
    sentence: "As an argument an exception may be sent as a plain reference",
    saboteurs: {
      "exception-as-plain-reference": {
        outcome: "protocol-error",
        message:
          'expected a message of the protocol, got "{\\"type\\":\\"raised\\",\\"exception\\":{\\"ref\\":1,\\"kind\\":\\"exception\\"}}": ✖ Invalid input: expected string, received undefined → at exception.type ✖ Invalid input: expected array, received undefined → at exception.bases ✖ Invalid input: expected string, received undefined → at exception.message',
      },
    },
  },
  {
    sentence: "The adapter makes the native object when it first sees the number",
    saboteurs: {
      "unknown-puppet": {
        outcome: "protocol-error",
        message:
          "expected a puppet that was named, got puppet 99; use the numbers the harness sends",
      },
      "started-with-unknown-puppet": {
        outcome: "protocol-error",
        message:
          "expected a puppet that was named, got puppet 99; use the numbers the harness sends",
      },
      "steps-unknown-puppet": {
        outcome: "protocol-error",
        message:
          "expected a step of a puppet that was named, got puppet 99; use the numbers the harness sends",
      },
    },
  },
  {
    sentence: "Counts the calls of a function puppet, from 1. Whatever runs once has 1.",
    saboteurs: {
      "starts-a-coroutine-twice": {
        outcome: "protocol-error",
        message:
          "expected puppet 1 to start once, got a second start of activation 1; count the calls of a function, and start anything else once",
      },
    },
  },
  {
    sentence: "A puppet tells what happened since its last instruction and wants the next one.",
    saboteurs: {
      "steps-without-instruction": {
        outcome: "protocol-error",
        message:
          "expected no outcome from puppet 1, activation 1, which was told nothing; say started first, and one outcome per instruction",
      },
    },
  },
  {
    sentence: "A spinning puppet is alive. Needs no answer.",
    saboteurs: {
      "notices-of-nobody": { outcome: "pass" },
      "notices-without-end": {
        outcome: "timeout",
        message: "expected an end within 2 s, got none",
        patience: 0.2,
        onlyOnce: true,
      },
    },
  },
];
