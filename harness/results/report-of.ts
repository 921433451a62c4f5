import { features, type Feature } from "../../spec/requirement";
import { isEdition } from "../../spec/editions";
import type { Plan, PlannedTest } from "../judge/plan";
import { statementOf, type Expected, type Statement } from "../judge/statement";
import { stops, type Stop } from "../judge/stop";
import type { Hello } from "../protocol/messages";
import { protocolNumber } from "../protocol/messages";
import type { Provenance, Report, SubjectReport } from "../report/model";
import type { ResultFile } from "./parse";
import type { Header, TestRecord } from "./records";
import type { Judged } from "./records-of";
import { recordedRequirement } from "./recorded-requirements";

/** What recorded results say together, as the run would have reported it that found them. */
export function reportOfResults(files: readonly ResultFile[]): Report {
  const begins = files.map(({ header }) => Date.parse(header.startedAt));
  const ends = files.map(({ footer }, index) => (begins[index] ?? 0) + (footer?.durationMs ?? 0));
  const [first] = files;
  const startedAt = begins.reduce((one, other) => Math.min(one, other), Infinity);
  return {
    version: first?.header.version ?? "",
    startedAt: new Date(startedAt),
    durationMs: ends.reduce((one, other) => Math.max(one, other), startedAt) - startedAt,
    complete: files.every((file) => !["interrupted", "file-cut"].includes(stopOf(file) ?? "")),
    subjects: files.map(subjectReportOf),
  };
}

/** What one file says of its subject. */
export function subjectReportOf(file: ResultFile): SubjectReport {
  const { header, footer } = file;
  return {
    name: header.subject,
    hello: helloOf(header),
    edition: header.edition ?? undefined,
    statement: statementIn(file),
    error: footer?.error ?? undefined,
    durationMs: footer?.durationMs ?? file.tests.reduce((sum, it) => sum + it.durationMs, 0),
    provenance: provenanceIn(file),
    ...(footer?.stale === undefined ? {} : { stale: footer.stale }),
  };
}

function stopOf({ footer }: ResultFile): Stop | undefined {
  return footer === undefined ? "file-cut" : (footer.stopped ?? undefined);
}

function helloOf({ identity }: Header): Hello | undefined {
  if (identity === null) return undefined;
  return {
    ...{ type: "hello", protocol: protocolNumber },
    ...{ subject: identity.subject, isolation: identity.isolation },
    editions: identity.editions.filter(isEdition),
    features: identity.features.filter(isFeature),
  };
}

const isFeature = (name: string): name is Feature => Object.hasOwn(features, name);

/** Computed as for a run that has just ended. */
function statementIn(file: ResultFile): Statement | undefined {
  const plan = planIn(file.header);
  if (plan === undefined) return undefined;
  const expectedOf = expectationsIn(file);
  const records = new Map(file.tests.map((record) => [record.title, record]));
  const judgements = new Map<PlannedTest, Judged>();
  for (const test of plan.tests) {
    const record = records.get(test.title);
    if (record !== undefined) judgements.set(test, judgedIn(record, expectedOf(record)));
  }
  const stopped = stopOf(file);
  return statementOf(plan, judgements, stopped === undefined ? "" : stops[stopped]);
}

function planIn(header: Header): Plan<PlannedTest> | undefined {
  const { identity, edition } = header;
  if (identity === null || edition === null) return undefined;
  const counted = header.requirements.map((it) => recordedRequirement(it, edition));
  const byId = new Map(counted.map((requirement) => [requirement.id, requirement]));
  return {
    edition,
    requirements: [
      ...counted,
      ...header.untestable.map(({ id, basis, why }) =>
        recordedRequirement({ id, basis, apart: { untestable: why } }, edition),
      ),
      ...header.retired.map(({ id, basis, why }) =>
        recordedRequirement({ id, basis, apart: { retired: why } }, edition),
      ),
    ],
    tests: header.tests.flatMap(({ title, requirement: id }) => {
      const requirement = byId.get(id);
      return requirement === undefined ? [] : [{ title, requirement }];
    }),
    partial: isPartial(header),
  };
}

/** What was expected of a test: what the footer settled, or else what its record says. */
function expectationsIn({ footer }: ResultFile): (record: TestRecord) => Expected | undefined {
  if (footer?.expectations === undefined) return ({ expectation }) => expectation;
  const listed = new Map(footer.expectations.map(({ title, ...expected }) => [title, expected]));
  // Of what failed and is not listed, nobody has said anything.
  return ({ title, outcome }) =>
    listed.get(title) ??
    (outcome === "pass" || outcome === "unsupported" ? { state: "as-expected" } : undefined);
}

function judgedIn(record: TestRecord, expectation: Expected | undefined): Judged {
  const { outcome, message, expected, actual, stackDump } = record;
  return {
    verdict: {
      outcome,
      ...(message === undefined ? {} : { message }),
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
      ...(stackDump === undefined ? {} : { stackDump }),
    },
    ...{ durationMs: record.durationMs, checks: record.checks },
    transcript: record.transcript ?? [],
    ...(expectation === undefined ? {} : { expected: expectation }),
  };
}

const isPartial = ({ narrowed, shard }: Header): boolean => narrowed || (shard?.of ?? 1) > 1;

function provenanceIn({ header, footer }: ResultFile): Provenance {
  const { version, catalogue, command, host, startedAt, nonce, shard } = header;
  return {
    ...{ version, catalogue, command, host, nonce, startedAt: new Date(startedAt) },
    partial: isPartial(header),
    ...(shard === undefined ? {} : { shard }),
    complete: footer?.complete ?? false,
  };
}
