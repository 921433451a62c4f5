import { z } from "zod";

import { editions } from "../../spec/editions";
import { features, type Feature } from "../../spec/requirement";
import { exceptionValue, value } from "./values";

/*
 * The one source of protocol 1: it types our code, checks every frame in both directions at run time, and is
 * published as docs/protocol-v1.schema.json. Descriptions say what the absence of a field means.
 */

/** The protocol this harness speaks. */
export const protocolNumber = 1;

const featureNames = Object.keys(features) as [Feature, ...Feature[]];

export const hello = z
  .strictObject({
    type: z.literal("hello"),
    protocol: z
      .int()
      .describe("The protocol the adapter speaks; another number than ours ends the conversation."),
    subject: z.strictObject({
      name: z.string().min(1).describe("What is judged, for instance `CPython` or `uvloop`."),
      version: z.string().describe("Its version, in its own format."),
      language: z
        .string()
        .describe("The language implementation it runs on, for instance `CPython 3.13.0`."),
      platform: z.string().describe("The operating system, for instance `linux`."),
      details: z
        .record(z.string(), z.string())
        .optional()
        .describe("Further facts for reports: entry points, flags. Absent means none."),
    }),
    editions: z
      .array(z.enum(editions))
      .min(1)
      .describe(
        "Editions the subject claims to follow, oldest first. The last is judged by default.",
      ),
    features: z
      .array(z.enum(featureNames))
      .describe(
        "Features it has. What is not listed is never judged; what is listed and then refused is a failure.",
      ),
    isolation: z
      .enum(["fork", "process", "shared"])
      .describe(
        "`fork`: each session in a process of its own that the adapter makes. `process`: one session per adapter " +
          "process. `shared`: one session after the other in one process.",
      ),
  })
  .describe(
    "First message of an adapter: who it is and what it can do. Nothing is sent to it before.",
  );
export type Hello = z.infer<typeof hello>;

export const open = z
  .strictObject({
    type: z.literal("open"),
    session: z
      .string()
      .min(1)
      .describe("A name nobody can guess, for the adapter's own diagnostics."),
    globalDebug: z
      .enum(["environment", "dev-mode"])
      .optional()
      .describe(
        "How the global debug mode is turned on before anything of the subject is called. Absent means it is off.",
      ),
  })
  .describe("Starts a session: one test's private world. Answered by `opened`.");

export const call = z
  .strictObject({
    type: z.literal("call"),
    op: z.string().min(1).describe("The operation, one of the table below."),
    on: value.optional().describe("The receiver of a method. Absent for functions."),
    args: z.array(value).optional().describe("Positional arguments. Absent means none."),
    kwargs: z
      .record(z.string(), value)
      .optional()
      .describe(
        "Keyword arguments by the subject's documented names. Absent means none: not even defaults are passed.",
      ),
  })
  .describe(
    "Asks for one operation. Answered by exactly one of `returned`, `raised`, `unsupported`, `adapter-error`.",
  );

export const awaitValue = z
  .strictObject({ type: z.literal("await"), value })
  .describe(
    "To the puppet that stepped last: await this value. The outcome comes back in its next `step`.",
  );

export const yieldValue = z
  .strictObject({ type: z.literal("yield"), value })
  .describe(
    "To an async-generator puppet: yield this value. What is sent in comes back in its next `step`.",
  );

export const spin = z
  .strictObject({ type: z.literal("spin") })
  .describe(
    "To a puppet: keep the thread busy in the subject's own language, with a `notice` every few milliseconds, until " +
      "`halt` arrives or an exception is raised inside. A subject that can only drop interrupted code sends no step.",
  );

export const halt = z
  .strictObject({ type: z.literal("halt") })
  .describe("Ends a spin. The only message that is sent while the subject has the floor.");

export const finish = z
  .strictObject({ type: z.literal("finish"), value })
  .describe("Last instruction to a puppet: return this value.");

export const raise = z
  .strictObject({ type: z.literal("raise"), exception: value })
  .describe("Last instruction to a puppet: raise this exception, the very object.");

export const close = z
  .strictObject({ type: z.literal("close") })
  .describe("Ends the session. Answered by `closed`.");

export const opened = z
  .strictObject({
    type: z.literal("opened"),
    pid: z.int().positive().describe("The process that runs the session and receives its signals."),
  })
  .describe("Answer to `open`.");

export const returned = z
  .strictObject({ type: z.literal("returned"), value })
  .describe("The operation was done and gave this.");

export const raised = z
  .strictObject({ type: z.literal("raised"), exception: exceptionValue })
  .describe("The operation was done and raised this.");

export const unsupported = z
  .strictObject({ type: z.literal("unsupported"), reason: z.string().min(1) })
  .describe("The subject has no such thing.");

export const adapterError = z
  .strictObject({ type: z.literal("adapter-error"), message: z.string().min(1) })
  .describe(
    "The adapter could not even try: unknown operation, unknown reference, senseless arguments.",
  );

export const outcome = z.union([
  z
    .strictObject({ started: z.array(value) })
    .describe("It was called or first resumed, with these arguments."),
  z.strictObject({ returned: value }).describe("What it was told to do gave this."),
  z.strictObject({ raised: exceptionValue }).describe("What it was told to do raised this."),
]);
export type StepOutcome = z.infer<typeof outcome>;

export const step = z
  .strictObject({
    type: z.literal("step"),
    puppet: z.int().nonnegative(),
    activation: z
      .int()
      .positive()
      .describe("Counts the calls of a function puppet, from 1. Whatever runs once has 1."),
    outcome,
  })
  .describe("A puppet tells what happened since its last instruction and wants the next one.");

export const notice = z
  .strictObject({
    type: z.literal("notice"),
    puppet: z.int().nonnegative(),
    event: z.literal("spinning"),
  })
  .describe("A spinning puppet is alive. Needs no answer.");

export const closed = z
  .strictObject({
    type: z.literal("closed"),
    leaks: z
      .array(z.string())
      .optional()
      .describe("What the session left behind in a shared process. Absent or empty means nothing."),
  })
  .describe("Answer to `close`.");

export const died = z
  .strictObject({
    type: z.literal("died"),
    code: z.int().nullable().describe("Exit status, or null when a signal ended it."),
    signal: z
      .string()
      .nullable()
      .describe("The signal that ended it, for instance `SIGSEGV`, or null."),
  })
  .describe("The process of a forked session ended without being asked to.");

/** What we may say. */
export const fromHarness = z.discriminatedUnion("type", [
  open,
  call,
  awaitValue,
  yieldValue,
  spin,
  halt,
  finish,
  raise,
  close,
]);
export type FromHarness = z.infer<typeof fromHarness>;

/** What an adapter may say. */
export const fromAdapter = z.discriminatedUnion("type", [
  hello,
  opened,
  returned,
  raised,
  unsupported,
  adapterError,
  step,
  notice,
  closed,
  died,
]);
export type FromAdapter = z.infer<typeof fromAdapter>;
