import { features } from "../../../spec/requirement";
import type { Rule } from "./rule";

const printed = "stdout belongs to the protocol, print to stderr";
const someone =
  '{\\"type\\":\\"hello\\",\\"protocol\\":1,\\"subject\\":{\\"name\\":\\"S\\",\\"version\\":\\"1\\",\\"language\\":\\"\\",\\"platform\\":\\"\\"},';

/** About the first message. */
export const helloRules: readonly Rule[] = [
  {
    sentence: "The adapter says hello. From then on the harness has the floor.",
    saboteurs: {
      "no-hello": {
        error: "no-hello",
        message:
          "expected % to say hello within 3 s, got silence; flush after writing it, or allow more with --timeout-multiplier",
        patience: 0.15,
      },
      "late-hello": {
        error: "no-hello",
        message:
          "expected % to say hello within 3 s, got silence; flush after writing it, or allow more with --timeout-multiplier",
        patience: 0.15,
      },
      "exits-before-hello": {
        error: "died-before-hello",
        message: "expected % to say hello, got exit code 7; run it by hand to see why",
      },
      "hello-twice": {
        outcome: "protocol-error",
        message:
          "expected no hello, got one: it was said before; send each message only in its turn",
      },
    },
  },
  {
    sentence:
      "First message of an adapter: who it is and what it can do. Nothing is sent to it before.",
    saboteurs: {
      "banner-before-hello": {
        error: "not-hello",
        message: `expected % to say hello in its first line, but expected one JSON object per line, got "Welcome to my Python"; ${printed}`,
      },
      "answer-before-hello": {
        error: "not-hello",
        message: `expected % to say hello in its first line, but got "{\\"type\\":\\"returned\\",\\"value\\":null}"; ${printed}`,
      },
      "half-a-hello-then-death": {
        error: "not-hello",
        message: `expected % to say hello in its first line, but expected every line to end with a newline, got the end of stdout after "{\\"type\\":\\"hello\\""; write the newline and flush before exiting; ${printed}`,
      },
    },
  },
  {
    sentence: "The protocol the adapter speaks; another number than ours ends the conversation.",
    saboteurs: {
      "wrong-protocol-number": {
        error: "wrong-protocol",
        message:
          "expected % to speak protocol 1, got 2; use a matching version of the adapter or of this harness",
      },
    },
  },
  {
    sentence: "Editions the subject claims to follow, oldest first. The last is judged by default.",
    saboteurs: {
      "claims-no-edition": {
        error: "not-hello",
        message: `expected % to say a hello of protocol 1, but expected a message of the protocol, got "${someone}\\"editions\\":[],\\"features\\":[\\"run\\"],\\"isolation\\":\\"shared\\"}": ✖ Too small: expected array to have >=1 items → at editions; correct what it says of itself`,
      },
    },
  },
  {
    sentence:
      "Features it has. What is not listed is never judged; what is listed and then refused is a failure.",
    saboteurs: {
      "claims-unknown-feature": {
        error: "not-hello",
        message: `expected % to say a hello of protocol 1, but expected a message of the protocol, got "${someone}\\"editions\\":[\\"3.13\\"],\\"features\\":[\\"speed\\"],\\"isolation\\":\\"shared\\"}": ✖ Invalid option: expected one of ${Object.keys(
          features,
        )
          .map((name) => `"${name}"`)
          .join("|")} → at features[0]; correct what it says of itself`,
      },
      "claims-nothing": {
        outcome: "unsupported",
        message: "needs run, which the subject does not claim",
      },
      "refuses-what-it-claims": {
        outcome: "fail",
        message:
          "expected what the subject claims to have, got unsupported asyncio.run: there is no run()",
      },
    },
  },
];
