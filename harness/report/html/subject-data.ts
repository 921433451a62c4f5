import type { Requirement } from "../../../spec/requirement";
import type { RequirementResult, TestResult } from "../../judge/statement";
import { describeSubject, seconds } from "../describe";
import { repeatCommand } from "../failure-text";
import type { SubjectReport } from "../model";
import { markOf, notAsked, requirementMark, retired, untestable } from "./marks";
import type { ResultData, SubjectData, TranscriptData } from "./page-data";
import { presentable, type Texts } from "./texts";

/** What the data of a subject is made with. */
export interface Context {
  readonly key: string;
  readonly rows: readonly Requirement[];
  readonly titles: ReadonlyMap<string, readonly string[]>;
  readonly texts: Texts;
  readonly transcripts: ReadonlyMap<TestResult, TranscriptData>;
}

/** What the page says of a subject. */
export function subjectData(subject: SubjectReport, context: Context): SubjectData {
  const { statement, error } = subject;
  const judged = new Map(statement?.requirements.map((it) => [it.requirement.id, it]));
  const apart = new Map([
    ...(statement?.untestable ?? []).map(({ id }) => [id, untestable] as const),
    ...(statement?.retired ?? []).map(({ id }) => [id, retired] as const),
  ]);
  const markIn = ({ id }: Requirement): string => {
    const result = judged.get(id);
    return result === undefined ? (apart.get(id) ?? notAsked) : requirementMark(result);
  };
  return {
    key: context.key,
    about: presentable(describeSubject(subject)),
    sentence: statement?.sentence ?? "",
    facts: factsOf(subject),
    repeat: presentable(repeatCommand(subject.name, "")),
    marks: context.rows.map(markIn).join(""),
    results: Object.fromEntries(
      context.rows.flatMap(({ id }, row) => {
        const results = resultsOf(judged.get(id), context);
        return results.length === 0 ? [] : [[row, results]];
      }),
    ),
    ...(error === undefined
      ? {}
      : {
          error: {
            code: presentable(error.code),
            message: presentable(error.message),
            stderr: presentable(error.stderr),
          },
        }),
  };
}

const resultsOf = (
  judged: RequirementResult | undefined,
  context: Context,
): readonly ResultData[] =>
  (judged?.results ?? []).filter(hasMoreToTell).map((result) => resultData(result, context));

const hasMoreToTell = ({ verdict, expected }: TestResult): boolean =>
  verdict.outcome !== "pass" || expected?.state === "stale";

function resultData(result: TestResult, { titles, texts, transcripts }: Context): ResultData {
  const { test, verdict, expected, durationMs } = result;
  const { outcome, message, actual, stackDump } = verdict;
  const known = titles.get(test.requirement.id) ?? [];
  const transcript = transcripts.get(result);
  const text = (key: keyof ResultData, value: string | undefined) =>
    value === undefined || value === "" ? {} : { [key]: texts.add(value) };
  return {
    test: known.indexOf(test.title),
    mark: expected?.state === "stale" ? "s" : markOf(outcome),
    ms: Math.round(durationMs),
    ...text("message", message),
    ...text("accepted", verdict.expected),
    ...text("seen", message?.includes(actual ?? "") === true ? undefined : actual),
    ...text("dump", stackDump?.trim()),
    ...text("reason", expected?.reason),
    ...text("issue", expected?.issue),
    ...(transcript === undefined ? {} : { transcript }),
  };
}

function factsOf({ hello, edition, durationMs, provenance }: SubjectReport) {
  const { version, catalogue, command, host, startedAt, nonce, partial, shard } = provenance;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["implementation", hello && `${hello.subject.name} ${hello.subject.version}`.trim()],
    ["language", hello?.subject.language],
    ["platform", hello?.subject.platform],
    ...Object.entries(hello?.subject.details ?? {}),
    ["judged by", edition],
    ["claims", hello?.editions.join(", ")],
    ["features", hello?.features.join(", ")],
    ["isolation", hello?.isolation],
    [
      "judged",
      `${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC, in ${seconds(durationMs)}`,
    ],
    ["judged on", `${host.platform} ${host.release} ${host.arch}, Node ${host.node}`],
    ["command", `runner-conformance ${command.join(" ")}`],
    ["selection", partial ? "a part of the catalogue" : "the whole catalogue"],
    ["shard", shard && `${shard.index} of ${shard.of}`],
    ["complete", provenance.complete ? undefined : "no, it was cut short"],
    ["runner-conformance", version],
    ["catalogue", catalogue],
    ["run", nonce],
  ];
  return facts.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, presentable(value)] as const],
  );
}
