import { z } from "zod";

import { editions } from "../../spec/editions";
import { features } from "../../spec/requirement";
import { exceptionValue, value } from "./values";

/** The protocol this harness speaks. */
export const protocolNumber = 1;

const featureNames = Object.keys(features) as (keyof typeof features)[];

/** First message of an adapter: who it is and what it can do. Nothing is sent to it before. */
export const hello = z.strictObject({
  type: z.literal("hello"),
  /** The protocol the adapter speaks; another number than ours ends the conversation. */
  protocol: z.int(),
  subject: z.strictObject({
    /** What is judged, for instance `CPython` or `uvloop`. */
    name: z.string().min(1),
    /** Its version, in its own format. */
    version: z.string(),
    /** The language or implementation it runs on, for instance `CPython 3.13.0`. */
    language: z.string(),
    platform: z.string(),
    /** Further facts for reports: entry points, loop factory, flags. Absent means none. */
    details: z.record(z.string(), z.string()).optional(),
  }),
  /** Editions of the chapter the subject claims to follow, oldest first. The last is judged by default. */
  editions: z.array(z.enum(editions)).min(1),
  /** Features it has. What is not listed is never asked for; what is listed and then refused is a failure. */
  features: z.array(z.enum(featureNames)),
  /**
   * How sessions are kept apart. `fork`: each in its own process, made by the adapter. `process`: one session per
   * adapter process. `shared`: one after the other in one process.
   */
  isolation: z.enum(["fork", "process", "shared"]),
});
export type Hello = z.infer<typeof hello>;

/** Starts a session: one test's private world. */
export const open = z.strictObject({
  type: z.literal("open"),
  /** A name nobody can guess; it appears in the adapter's own diagnostics. */
  session: z.string().min(1),
  /** Turns on the global debug mode before anything of the subject is called. Absent means it is off. */
  globalDebug: z.enum(["environment", "dev-mode"]).optional(),
});

/** Asks for one operation; `op` is one of the table in `ops.ts`. */
export const call = z.strictObject({
  type: z.literal("call"),
  op: z.string().min(1),
  /** The receiver. Absent for functions. */
  on: value.optional(),
  /** Positional arguments. Absent means none. */
  args: z.array(value).optional(),
  /** Keyword arguments by the subject's documented names. Absent means none: not even defaults are passed. */
  kwargs: z.record(z.string(), value).optional(),
});

/** Instruction to the puppet that asked: await this value; the outcome comes back in its next `step`. */
export const awaitValue = z.strictObject({ type: z.literal("await"), value });

/** Instruction to an async-generator puppet: yield this value. */
export const yieldValue = z.strictObject({ type: z.literal("yield"), value });

/**
 * Instruction: keep the thread busy in the subject's own language, with a `spinning` notice every few milliseconds,
 * until `halt` arrives or an exception is raised inside.
 */
export const spin = z.strictObject({ type: z.literal("spin") });

/** Ends a spin. The only message that may be sent while the subject has the floor. */
export const halt = z.strictObject({ type: z.literal("halt") });

/** Last instruction to a puppet: return this value. */
export const finish = z.strictObject({ type: z.literal("finish"), value });

/** Last instruction to a puppet: raise this exception, which must be a reference to one. */
export const raise = z.strictObject({ type: z.literal("raise"), exception: value });

/** Ends the session. */
export const close = z.strictObject({ type: z.literal("close") });

/** Answer to `open`. */
export const opened = z.strictObject({
  type: z.literal("opened"),
  /** The process that runs the session and receives its signals. */
  pid: z.int().positive(),
});

/** The operation was done and gave this. */
export const returned = z.strictObject({ type: z.literal("returned"), value });

/** The operation was done and raised this. */
export const raised = z.strictObject({ type: z.literal("raised"), exception: exceptionValue });

/** The subject has no such thing. */
export const unsupported = z.strictObject({
  type: z.literal("unsupported"),
  reason: z.string().min(1),
});

/** The adapter could not even try: unknown op, unknown reference, arguments that make no sense. */
export const adapterError = z.strictObject({
  type: z.literal("adapter-error"),
  message: z.string().min(1),
});

/** What happened to a puppet since its last instruction. */
export const outcome = z.union([
  /** It was called or first resumed; these are its arguments. */
  z.strictObject({ started: z.array(value) }),
  z.strictObject({ returned: value }),
  z.strictObject({ raised: exceptionValue }),
]);
export type StepOutcome = z.infer<typeof outcome>;

/** A puppet wants its next instruction. */
export const step = z.strictObject({
  type: z.literal("step"),
  puppet: z.int().nonnegative(),
  /** Counts the calls of a function puppet, from 1. Coroutines and generators run once: always 1. */
  activation: z.int().positive(),
  outcome,
});

/** Something worth knowing that needs no answer. */
export const notice = z.strictObject({
  type: z.literal("notice"),
  puppet: z.int().nonnegative(),
  event: z.enum(["suspending", "spinning"]),
});

/** Answer to `close`. */
export const closed = z.strictObject({
  type: z.literal("closed"),
  /** What the session left behind in a shared process. Absent or empty means nothing. */
  leaks: z.array(z.string()).optional(),
});

/** The process of a forked session ended without being asked to. */
export const died = z.strictObject({
  type: z.literal("died"),
  /** Exit status, or null when a signal ended it. */
  code: z.int().nullable(),
  /** The signal that ended it, for instance `SIGSEGV`, or null. */
  signal: z.string().nullable(),
});

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
