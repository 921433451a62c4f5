import { z } from "zod";

import { editions } from "../../spec/editions";
import { stops, type Stop } from "../judge/stop";
import { outcomes } from "../judge/verdict";
import { fromAdapter, fromHarness, hello } from "../protocol/messages";

/*
 * The one source of result files: it types our code, checks every file that is read, and is published as
 * docs/result-v1.schema.json. A file is UTF-8, one JSON object per line: a header, one record per judged test in the
 * order they were judged, a footer. Readers ignore fields they do not know, so a field may be added to a version.
 */

/** The version of the form below; it grows when a reader of the old form would be misled. */
export const resultVersion = 1;

/** What the first line of every result file says. */
export const resultFormat = "runner-conformance-result";

const basis = z
  .enum(["stated", "implied", "observed"])
  .describe("Why a requirement binds in the edition judged by.");

const outcome = z.enum(outcomes);

const shard = z
  .object({ index: z.int().positive().describe("Counted from 1."), of: z.int().positive() })
  .describe("Which share of the tests was to be judged.");

const identity = z
  .object({
    subject: hello.shape.subject,
    editions: z.array(z.string()).describe("Editions it claims to follow, oldest first."),
    features: z.array(z.string()).describe("Features it claims."),
    isolation: hello.shape.isolation,
  })
  .describe("Who the subject says it is: its `hello`.");

const planned = z.object({ id: z.string().min(1), basis });
const apart = planned.extend({ why: z.string().describe("In words.") });

/** One run of one subject: where and when, by which command line. */
const runShape = {
  version: z.string().describe("The version of runner-conformance that judged."),
  command: z.array(z.string()).describe("The command line, from `run` on."),
  host: z
    .object({ platform: z.string(), arch: z.string(), release: z.string(), node: z.string() })
    .describe("The machine that judged; no names of machines or people."),
  startedAt: z.iso.datetime().describe("When the run began."),
  nonce: z.string().min(1).describe("Tells this run from every other one."),
  narrowed: z
    .boolean()
    .describe(
      "Whether options such as `--family` left something out, beside the share. Of a merged file: whether shares of " +
        "everything are missing.",
    ),
  shard: shard.exactOptional().describe("Which share was judged. Absent means all."),
};

export const header = z
  .object({
    record: z.literal("header"),
    format: z.literal(resultFormat),
    resultVersion: z.literal(resultVersion),
    ...runShape,
    catalogue: z
      .string()
      .describe(
        "A digest of all requirements and titles of tests: results of different catalogues cannot be merged.",
      ),
    subject: z.string().min(1).describe("What to write to get this subject again."),
    identity: identity.nullable().describe("Null when it did not start."),
    edition: z
      .enum(editions)
      .nullable()
      .describe(
        "The edition judged by. Null when the subject did not start and none was asked for.",
      ),
    requirements: z
      .array(planned)
      .describe("Requirements to be judged, in the order of the catalogue."),
    untestable: z.array(apart).describe("Requirements no test can decide; not counted."),
    retired: z.array(apart).describe("Requirements no longer asked for; not counted."),
    tests: z
      .array(z.object({ title: z.string().min(1), requirement: z.string().min(1) }))
      .describe("Tests to be judged: what has no record below was not run."),
    parts: z
      .array(z.object(runShape))
      .exactOptional()
      .describe("The runs a merged file was made of. Absent means one run, this one."),
  })
  .describe("First line of a file: what was to be judged, of whom.");
export type Header = z.infer<typeof header>;

const expectation = z.object({
  state: z
    .enum(["as-expected", "unexpected", "stale"])
    .describe("`stale`: expected to fail, and no longer does."),
  reason: z.string().exactOptional().describe("Why. Absent where no entry speaks about the test."),
  issue: z
    .string()
    .exactOptional()
    .describe("Where it is being dealt with: an address. Absent where no entry says."),
  instead: z
    .string()
    .exactOptional()
    .describe("What an entry expects where something else came. Absent where that came."),
});

const transcript = z.array(
  z.object({
    at: z.number().describe("Milliseconds since the session was opened."),
    from: z.enum(["harness", "adapter", "signal"]),
    message: z.union([fromHarness, fromAdapter, z.strictObject({ signal: z.string() })]),
  }),
);

export const test = z
  .object({
    record: z.literal("test"),
    title: z.string().min(1).describe("One of the header's."),
    requirement: z.string().min(1),
    outcome,
    weight: basis,
    message: z
      .string()
      .exactOptional()
      .describe("What was expected and what came. Absent for a pass."),
    expected: z
      .string()
      .exactOptional()
      .describe("What the test accepts, where it is a comparison."),
    actual: z.string().exactOptional().describe("What it saw instead."),
    stackDump: z.string().exactOptional().describe("Where a hung subject was, in its own format."),
    checks: z.int().nonnegative().describe("How many messages of the subject's were looked at."),
    durationMs: z.number().nonnegative().describe("Of all attempts together."),
    attempts: z
      .array(
        z.object({
          outcome,
          message: z.string().exactOptional().describe("As above, of this attempt."),
          durationMs: z.number().nonnegative(),
        }),
      )
      .min(1)
      .describe("One per try; the outcome above is what they say together."),
    expectation: expectation
      .exactOptional()
      .describe("How it stood to what was expected when it was judged. Absent where nothing was."),
    transcript: transcript
      .exactOptional()
      .describe("The conversation. Absent for what passed or is unsupported."),
  })
  .describe("What one test found, written the moment it is known.");
export type TestRecord = z.infer<typeof test>;

export const footer = z
  .object({
    record: z.literal("footer"),
    durationMs: z.number().nonnegative().describe("Wall time of the subject, start to end."),
    counts: z
      .partialRecord(outcome, z.int().nonnegative())
      .describe("How many tests of the header came to what. An outcome that is absent: none."),
    complete: z.boolean().describe("Whether every test of the header has a record."),
    stopped: z
      .enum(Object.keys(stops) as [Stop, ...Stop[]])
      .nullable()
      .describe("What kept tests from being judged. Null when nothing did."),
    error: z
      .object({
        code: z.string(),
        message: z.string(),
        stderr: z.string().describe("The end of what it wrote there."),
      })
      .nullable()
      .describe("Why the subject could not be judged to the end. Null when it could."),
    expectations: z
      .array(expectation.extend({ title: z.string().min(1) }))
      .exactOptional()
      .describe(
        "Tests an entry speaks about or that came unexpectedly, now that all are judged; any other was expected. " +
          "Absent where no expectations were given.",
      ),
    stale: z
      .array(
        z.object({
          where: z.string().describe("`file:line`."),
          about: z.string().describe("A requirement, a pattern, or the title of a test."),
          expected: z.array(outcome),
          found: z.array(outcome).describe("What came instead, each outcome once."),
          reason: z.string().describe("Why it had been expected."),
        }),
      )
      .exactOptional()
      .describe("Expectations that are no longer so. Absent where none were given."),
  })
  .describe("Last line of a file; a file without one is incomplete.");
export type Footer = z.infer<typeof footer>;

/** Any line of a result file. */
export const record = z.discriminatedUnion("record", [header, test, footer]);
export type ResultRecord = z.infer<typeof record>;
