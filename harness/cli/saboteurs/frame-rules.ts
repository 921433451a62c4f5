import type { Rule } from "./rule";

const step =
  '{\\"type\\":\\"step\\",\\"puppet\\":1,\\"activation\\":1,\\"outcome\\":{\\"started\\":[]}}';

/** About lines. */
export const frameRules: readonly Rule[] = [
  {
    sentence:
      "One JSON object per line, UTF-8, no byte order mark, ended by \\n, at most 1 MiB. Blank lines are ignored.",
    saboteurs: {
      "list-instead-of-object": {
        outcome: "protocol-error",
        message:
          'expected a message of the protocol, got "[1, 2]": ✖ Invalid input: expected object, received array',
      },
      "two-messages-on-one-line": {
        outcome: "protocol-error",
        message: `expected one JSON object per line, got "{\\"type\\":\\"notice\\",\\"puppet\\":1,\\"event\\":\\"spinning\\"}${step}"`,
      },
      "invalid-utf8": {
        outcome: "protocol-error",
        message:
          'expected UTF-8 on stdout, got bytes that are not in "{\\"type\\":\\"unsupported\\",\\"reason\\":\\"caf\ufffd\\"}"; write every line as UTF-8',
      },
      "byte-order-mark": {
        outcome: "protocol-error",
        message: `expected UTF-8 without a byte order mark, got one before "${step}"; write plain UTF-8`,
      },
      "half-a-line-then-death": {
        outcome: "protocol-error",
        message:
          'expected every line to end with a newline, got the end of stdout after "{\\"type\\":\\"step\\",\\"pup"; write the newline and flush before exiting',
      },
      "line-without-newline": {
        outcome: "timeout",
        message: `expected an end within 2 s, got "${step}" without a newline; end every message with one`,
        patience: 0.2,
        onlyOnce: true,
      },
      "hello-without-newline": {
        error: "no-hello",
        message:
          'expected % to say hello within 3 s, got "{\\"type\\":\\"hello\\"}" without a newline; end every message with one',
        patience: 0.15,
      },
      "oversized-frame": {
        outcome: "protocol-error",
        message:
          'expected lines of at most 1048576 bytes, got a longer one that starts with "{\\"type\\":\\"returned\\",\\"value\\":\\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; send less at once',
      },
      "carriage-returns": { outcome: "pass" },
      "blank-lines": { outcome: "pass" },
      "two-frames-in-one-write": { outcome: "pass" },
      "one-byte-at-a-time": { outcome: "pass" },
    },
  },
  {
    sentence:
      "Programs print, so an adapter first moves the protocol away: duplicate descriptors 0 and 1, point 1 at standard error, and use the duplicates.",
    saboteurs: {
      "closes-stdout-but-lives": {
        outcome: "protocol-error",
        message:
          "expected stdout to stay open while the adapter runs, got its end; keep the descriptor of the protocol open",
        onlyOnce: true,
      },
      "closes-stdin-but-lives": {
        outcome: "timeout",
        message: "expected an end within 2 s, got none",
        patience: 0.2,
        onlyOnce: true,
      },
    },
  },
  {
    sentence: "Standard error is free; its end is shown when something goes wrong.",
    saboteurs: {
      "floods-stderr": { outcome: "pass" },
      "last-words": {
        outcome: "crash",
        message: "expected the process to live, got its end by exit status 1",
        actual: "out of luck",
      },
    },
  },
  {
    sentence: "Every frame is checked against the schema in both directions.",
    saboteurs: {
      "unknown-message": {
        outcome: "protocol-error",
        message:
          "expected a message of the protocol, got \"{\\\"type\\\":\\\"progress\\\",\\\"percent\\\":50}\": ✖ Invalid discriminator value. Expected 'hello' | 'opened' | 'returned' | 'raised' | 'unsupported' | 'adapter-error' | 'step' | 'notice' | 'closed' | 'died' → at type",
      },
      "extra-field": {
        outcome: "protocol-error",
        message:
          'expected a message of the protocol, got "{\\"type\\":\\"step\\",\\"puppet\\":1,\\"activation\\":1,\\"outcome\\":{\\"started\\":[]},\\"hurry\\":true}": ✖ Unrecognized key: "hurry"',
      },
      "missing-field": {
        outcome: "protocol-error",
        message:
          'expected a message of the protocol, got "{\\"type\\":\\"returned\\"}": ✖ Invalid input → at value',
      },
      "says-no-reason": {
        outcome: "protocol-error",
        message:
          'expected a message of the protocol, got "{\\"type\\":\\"unsupported\\",\\"reason\\":\\"\\"}": ✖ Too small: expected string to have >=1 characters → at reason',
      },
    },
  },
  {
    sentence: "A line of the adapter's that is no message is a protocol-error that quotes it",
    saboteurs: {
      "garbage-line": {
        outcome: "protocol-error",
        message: 'expected one JSON object per line, got "Hello world"',
      },
      "floods-stdout": {
        outcome: "protocol-error",
        message: 'expected one JSON object per line, got "warning: one of very many"',
      },
    },
  },
];
