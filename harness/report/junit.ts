import { create } from "xmlbuilder2";

import type { TestResult } from "../judge/statement";
import type { Report, SubjectFailure, SubjectReport } from "./model";
import { plainFailure } from "./plain-failure";
import { standingOf, type Standing } from "./standing";
import { troubleOf } from "./trouble";
import { visible, visibleLine } from "./visible";

/** The report as JUnit XML, as harness/report/junit.xsd has it: a suite per subject, a case per test. */
export function junitReport(report: Report): string {
  const suites = report.subjects.map((subject) => suiteOf(subject, troubleOf(subject, report)));
  const root = {
    "@name": "runner-conformance",
    ...attributes(total(suites), report.durationMs),
    testsuite: suites.map(({ subject, cases, ...counts }) => ({
      "@name": visibleLine(subject.name),
      ...attributes(counts, subject.durationMs),
      "@timestamp": subject.provenance.startedAt.toISOString().replace(/\.\d+Z$/, ""),
      properties: { property: propertiesOf(subject) },
      testcase: cases,
    })),
  };
  return `${create({ version: "1.0", encoding: "UTF-8" }, { testsuites: root }).end({ prettyPrint: true })}\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

interface Suite extends Counts {
  readonly subject: SubjectReport;
  readonly cases: readonly object[];
}

function suiteOf(subject: SubjectReport, trouble: SubjectFailure | undefined): Suite {
  const results = (subject.statement?.requirements ?? []).flatMap((it) => it.results);
  const kinds = results.map((result) => standingOf(result).kind);
  const number = (...wanted: readonly Standing["kind"][]) =>
    kinds.filter((kind) => wanted.includes(kind)).length;
  const unjudged = trouble === undefined ? [] : [errorCase(trouble)];
  return {
    subject,
    tests: results.length + unjudged.length,
    failures: number("failed"),
    errors: number("broken") + unjudged.length,
    skipped: number("skipped", "excused"),
    cases: [...unjudged, ...results.map((result) => caseOf(subject, result))],
  };
}

function caseOf(subject: SubjectReport, result: TestResult): object {
  return {
    "@name": visibleLine(result.test.title),
    "@classname": result.test.requirement.family,
    "@time": inSeconds(result.durationMs),
    ...contentOf(subject, result),
  };
}

function contentOf(subject: SubjectReport, result: TestResult): object {
  const { kind, message } = standingOf(result);
  const said = { "@message": visibleLine(message) };
  if (kind === "passed") return {};
  if (kind === "skipped" || kind === "excused") return { skipped: said };
  const evidence = {
    ...said,
    "@type": result.verdict.outcome,
    "#": visible(plainFailure(subject, result).join("\n")),
  };
  return kind === "failed" ? { failure: evidence } : { error: evidence };
}

/** A subject that could not be judged to the end must not look like one with fewer tests. */
const errorCase = ({ code, message, stderr }: SubjectFailure): object => ({
  "@name": "can be judged",
  "@classname": "subject",
  "@time": "0.000",
  error: {
    "@message": visibleLine(message),
    "@type": visibleLine(code),
    "#": visible([message, stderr].join("\n").trim()),
  },
});

function propertiesOf({ hello, edition, statement, provenance }: SubjectReport): readonly object[] {
  const { version, catalogue, nonce, partial, shard, complete, command } = provenance;
  const facts: Record<string, string | undefined> = {
    implementation: hello && `${hello.subject.name} ${hello.subject.version}`.trim(),
    language: hello?.subject.language,
    platform: hello?.subject.platform,
    edition,
    statement: statement?.sentence,
    tool: `runner-conformance ${version}`,
    catalogue,
    nonce,
    command: command.join(" "),
    partial: String(partial),
    complete: String(complete),
    shard: shard && `${shard.index}/${shard.of}`,
  };
  return Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [{ "@name": name, "@value": visibleLine(value) }],
  );
}

const attributes = ({ tests, failures, errors, skipped }: Counts, durationMs: number) => ({
  ...{ "@tests": tests, "@failures": failures, "@errors": errors, "@skipped": skipped },
  "@time": inSeconds(durationMs),
});

const total = (suites: readonly Counts[]): Counts => ({
  tests: sum(suites.map(({ tests }) => tests)),
  failures: sum(suites.map(({ failures }) => failures)),
  errors: sum(suites.map(({ errors }) => errors)),
  skipped: sum(suites.map(({ skipped }) => skipped)),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const inSeconds = (ms: number): string => (ms / 1000).toFixed(3);
