import { basisIn, type Requirement } from "../../spec/requirement";
import type { Judgement } from "../judge/judge";
import type { Plan, PlannedTest } from "../judge/plan";
import type { Expected } from "../judge/statement";
import type { Stop } from "../judge/stop";
import type { SubjectRun } from "../judge/subject-run";
import type { Outcome } from "../judge/verdict";
import type { Hello } from "../protocol/messages";
import type { Provenance, SubjectFailure, SubjectReport } from "../report/model";
import type { Footer, Header, TestRecord } from "./records";

/** What is the same for every subject of a run. */
export interface RunFacts {
  readonly provenance: Provenance;
  /** Whether options such as `--family` left something out, beside the shard. */
  readonly narrowed: boolean;
}

/** A test that was judged, and what had been expected of it where somebody had said. */
export type Judged = Judgement & { readonly expected?: Expected };

/** The first line for a subject, which may not have said hello. */
export function headerOf(run: SubjectRun, { provenance, narrowed }: RunFacts): Header {
  const { version, catalogue, command, host, startedAt, nonce, shard } = provenance;
  return {
    ...{ record: "header", format: "runner-conformance-result", resultVersion: 1 },
    ...{ version, command: [...command], host, startedAt: startedAt.toISOString(), nonce },
    ...{ narrowed, ...(shard === undefined ? {} : { shard }), catalogue },
    subject: run.candidate.name,
    identity: run.hello === undefined ? null : identityOf(run.hello),
    edition: run.plan?.edition ?? run.candidate.edition ?? null,
    ...plannedIn(run.plan),
  };
}

const identityOf = ({ subject, editions, features, isolation }: Hello) => ({
  ...{ subject, editions, features, isolation },
});

function plannedIn(plan: Plan | undefined) {
  if (plan === undefined) return { requirements: [], untestable: [], retired: [], tests: [] };
  const { edition, requirements, tests } = plan;
  const planned = (requirement: Requirement) => ({
    ...{ id: requirement.id, basis: basisIn(requirement, edition) },
  });
  const apart = (why: (requirement: Requirement) => string | undefined) =>
    requirements.flatMap((it) => {
      const words = why(it);
      return words === undefined ? [] : [{ ...planned(it), why: words }];
    });
  return {
    requirements: requirements
      .filter(({ retired, untestable }) => retired === undefined && untestable === undefined)
      .map(planned),
    untestable: apart(({ retired, untestable }) =>
      retired === undefined ? untestable : undefined,
    ),
    retired: apart(({ retired }) => retired),
    tests: tests.map(({ title, requirement }) => ({ title, requirement: requirement.id })),
  };
}

/** The line for a test judged by `edition`. */
export function testRecordOf(
  { title, requirement }: PlannedTest,
  { verdict, durationMs, checks, transcript, expected }: Judged,
  edition: Plan["edition"],
): TestRecord {
  const { outcome, message, expected: accepted, actual, stackDump } = verdict;
  const said = message === undefined ? {} : { message };
  const told = outcome !== "pass" && outcome !== "unsupported";
  return {
    ...{ record: "test", title, requirement: requirement.id },
    ...{ outcome, weight: basisIn(requirement, edition), ...said },
    ...(accepted === undefined ? {} : { expected: accepted }),
    ...(actual === undefined ? {} : { actual }),
    ...(stackDump === undefined ? {} : { stackDump }),
    ...{ checks, durationMs: microseconds(durationMs) },
    attempts: [{ outcome, ...said, durationMs: microseconds(durationMs) }],
    ...(expected === undefined ? {} : { expectation: expected }),
    // Of what passed, the conversation proves nothing more and would make the file fifty times as long.
    ...(told ? { transcript: transcript as NonNullable<TestRecord["transcript"]> } : {}),
  };
}

/** What a run came to in the end. */
export interface End {
  readonly durationMs: number;
  readonly stopped: Stop | undefined;
  readonly error: SubjectFailure | undefined;
  /** Absent where no expectations were given, as is `stale`. */
  readonly expectations?: Footer["expectations"] | undefined;
  readonly stale?: Footer["stale"] | undefined;
}

/** How a run ended that `report` tells of. */
export const endOf = (report: SubjectReport, stopped: Stop | undefined): End => ({
  ...{ durationMs: report.durationMs, stopped, error: report.error },
  expectations: expectationsIn(report),
  stale: report.stale?.map((it) => ({
    ...it,
    expected: [...it.expected],
    found: [...it.found],
  })),
});

function expectationsIn({ statement, stale }: SubjectReport): End["expectations"] {
  const expected = (statement?.requirements ?? [])
    .flatMap(({ results }) => results)
    .flatMap((it) => (it.expected === undefined ? [] : [{ title: it.test.title, ...it.expected }]));
  if (expected.length === 0 && stale === undefined) return undefined;
  return expected.filter(({ state, reason }) => state !== "as-expected" || reason !== undefined);
}

/** The last line, after records with these outcomes, for so many planned tests. */
export function footerOf(outcomes: readonly Outcome[], planned: number, end: End): Footer {
  const counts: Footer["counts"] = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const missing = planned - outcomes.length;
  if (missing > 0) counts["not-run"] = (counts["not-run"] ?? 0) + missing;
  return {
    record: "footer",
    durationMs: microseconds(end.durationMs),
    counts,
    complete: missing === 0 && end.stopped === undefined && end.error === undefined,
    stopped: end.stopped ?? null,
    error: end.error ?? null,
    ...(end.expectations === undefined ? {} : { expectations: end.expectations }),
    ...(end.stale === undefined ? {} : { stale: end.stale }),
  };
}

/** Milliseconds, with digits for what a clock can tell. */
const microseconds = (ms: number): number => Math.round(ms * 1000) / 1000;
