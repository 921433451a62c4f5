import { z } from "zod";

/**
 * Values that cross the wire. Scalars, lists and string-keyed maps travel by value; everything else stays in the
 * subject and travels as a reference: the same object always has the same number, so identity can be tested.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | MapValue
  | RefValue
  | ExceptionValue
  | PuppetValue;

/** A mapping with string keys, for instance the context an exception handler receives. */
export interface MapValue {
  readonly map: Readonly<Record<string, Value>>;
}

/** An object that lives in the subject. */
export const refValue = z.strictObject({
  /** Chosen by the adapter, unique within a session, the same for the same object. */
  ref: z.int().nonnegative(),
  /** What it is, for readers and for typed wrappers: `loop`, `task`, `future`, `runner`, `object`, … */
  kind: z.string(),
});
export type RefValue = z.infer<typeof refValue>;

/** An exception that lives in the subject, with what a reader needs to know about it. */
export const exceptionValue = z.strictObject({
  ref: z.int().nonnegative(),
  kind: z.literal("exception"),
  /** The name of its class, without module. */
  type: z.string(),
  /** Names of its class and all base classes, most derived first. */
  bases: z.array(z.string()),
  /** What `str()` of it gives. */
  message: z.string(),
  /** Its arguments; one that is no scalar is left out and counts as null. Absent means none are known. */
  args: z.array(z.union([z.null(), z.boolean(), z.number(), z.string()])).optional(),
  /** Where it was raised, in the subject's own format. Evidence only, never judged. Absent means not known. */
  traceback: z.string().optional(),
});
export type ExceptionValue = z.infer<typeof exceptionValue>;

/** The things a puppet can be in the subject. */
export const puppetKinds = [
  "coroutine",
  "coroutine-function",
  "function",
  "async-generator",
  "awaitable",
] as const;
export type PuppetKind = (typeof puppetKinds)[number];

/**
 * A puppet, numbered by the harness. The adapter makes the native object when it first sees the number and uses the
 * same object from then on. Making it runs nothing.
 */
export const puppetValue = z.strictObject({
  puppet: z.int().nonnegative(),
  kind: z.enum(puppetKinds),
});
export type PuppetValue = z.infer<typeof puppetValue>;

export const value: z.ZodType<Value> = z
  .lazy(() =>
    z.union([
      z.null(),
      z.boolean(),
      z.number(),
      z.string(),
      z.array(value),
      refValue,
      exceptionValue,
      puppetValue,
      z.strictObject({ map: z.record(z.string(), value) }),
    ]),
  )
  .meta({ id: "Value" });
