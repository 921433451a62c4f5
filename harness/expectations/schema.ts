import { z } from "zod";

import { editions } from "../../spec/editions";
import { didYouMean } from "../usage-error";
import { isVersionRange } from "./version";

/** What may be expected of a test. `pass` only among others: then the test is flaky. */
export const expectable = [
  "pass",
  "fail",
  "timeout",
  "crash",
  "protocol-error",
  "unsupported",
] as const;
export type Expectable = (typeof expectable)[number];

/** The two words an address may begin with. */
const webAddress = /^https?:\/\/[^\s/]+\S*$/;

const whenSchema = map("edition:, platform: or version:", {
  /** Editions the subject is judged by. Absent means every one. */
  edition: oneOrMore(word("an edition", editions)).optional(),
  /** What the subject says of its platform. Absent means every one. */
  platform: oneOrMore(text("a platform, for instance linux")).optional(),
  /** A beginning of the subject's version, or bounds. Absent means every one. */
  version: text("a version such as '3.12' or '>=3.12.3 <3.13'")
    .refine(isVersionRange, {
      error: ({ input }) =>
        `expected a beginning of a version such as '3.12', or bounds such as '>=3.12.3 <3.13', got ${shown(input)}`,
    })
    .optional(),
});

/** One expectation, as it is written. */
export const entrySchema = map("requirement:, outcome: and reason:", {
  /** An id, or several of them by `*`. */
  requirement: text("the id of a requirement").optional(),
  /** The whole title of one test. */
  test: text("the title of a test").optional(),
  outcome: oneOrMore(word("an outcome", expectable)),
  /** How the message of the failure begins. Absent means any message. */
  message: text("the beginning of a message").optional(),
  /** Where it holds. Absent means everywhere. */
  when: whenSchema.optional(),
  reason: text("a reason, so that whoever reads this knows why it is accepted"),
  /** Where it is being dealt with. */
  issue: z
    .string({ error: sentence("the address of an issue") })
    .regex(webAddress, { error: sentence("an address that begins with https://") })
    .optional(),
  /** The last day it holds, in UTC. Absent means for ever. */
  expires: z.iso
    .date({ error: sentence("a day such as 2030-12-31, which exists in the calendar") })
    .optional(),
});

/** A file of expectations, without what its list says. */
export const fileSchema = z.strictObject({
  version: z.literal(1, { error: sentence("1, the only version there is") }),
  /** The name of the only implementation it speaks about. Absent means any. */
  subject: text("the name an implementation says hello with").optional(),
  expectations: z.array(z.unknown(), { error: sentence("a list of expectations") }),
});

/** The keys that may stand at a path of the file. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.at(-1) === "when") return Object.keys(whenSchema.shape);
  return Object.keys((path.length === 0 ? fileSchema : entrySchema).shape);
}

/** A value as it may be quoted in a sentence. */
export const shown = (value: unknown): string =>
  value === undefined || value === null ? "nothing" : JSON.stringify(value);

/** YAML takes 3.10 for 3.1. */
const unquoted = (value: unknown): string =>
  typeof value === "number" ? ", a number; put it in quotes" : "";

function map<Shape extends z.ZodRawShape>(keys: string, shape: Shape) {
  return z.strictObject(shape, {
    error: ({ code, input }) =>
      code === "invalid_type"
        ? `expected keys and values, got ${shown(input)}; write ${keys}`
        : undefined,
  });
}

function text(what: string) {
  const error = ({ input }: { readonly input?: unknown }) =>
    `expected ${what}, got ${shown(input)}${unquoted(input)}`;
  return z.string({ error }).refine((value) => value.trim() !== "", { error });
}

function word<const Word extends string>(what: string, words: readonly Word[]) {
  return z.enum(words, {
    error: ({ input }) =>
      `expected ${what} out of ${words.join(", ")}, got ${shown(input)}` +
      (typeof input === "string" ? didYouMean(input, words) : unquoted(input)),
  });
}

function sentence(what: string) {
  return ({ input }: { readonly input?: unknown }) => `expected ${what}, got ${shown(input)}`;
}

function oneOrMore<Item extends z.ZodType>(item: Item) {
  const error = "expected one or several, got an empty list; leave the key out";
  return z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[]) : [value]),
    z.array(item).min(1, { error }),
  );
}
