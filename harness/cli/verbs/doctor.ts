import { newestEdition } from "../../../spec/editions";
import { allowances, judge } from "../../judge/judge";
import type { ConformanceTest } from "../../judge/suite";
import { Adapter } from "../../session/adapter";
import { AdapterError, NotStarted } from "../../session/errors";
import { terminateAll } from "../../session/living";
import { examinations, type Examination } from "../examinations";
import { exitCodes, type ExitCode } from "../exit-codes";
import { catchInterruption } from "../interruption";
import type { Output } from "../output";
import type { RunSettings } from "../run-settings";
import { subjectsNamed } from "../subjects/resolve";
import type { SubjectSpec } from "../../subject-spec";

/** How long one step may take, in milliseconds, before the multiplier. */
const patience = 5000;

/** Examines what works between the harness and a subject, step by step, up to the first thing to repair. */
export async function doctor(
  name: string,
  settings: RunSettings,
  output: Output,
): Promise<ExitCode> {
  const [spec] = await subjectsNamed([name], output);
  const interruption = catchInterruption();
  try {
    const broken = spec === undefined ? "no such subject" : await examine(spec, settings, output);
    if (interruption.signal.aborted) return exitCodes.interrupted;
    output.print(broken === undefined ? "\nready" : `\nfirst thing to repair: ${broken}`);
    return broken === undefined ? exitCodes.asExpected : exitCodes.subjectUnusable;
  } finally {
    await terminateAll();
    interruption.release();
  }
}

/** What has to be repaired first, if anything. */
async function examine(
  spec: SubjectSpec,
  { timeoutMultiplier }: RunSettings,
  output: Output,
): Promise<string | undefined> {
  let adapter: Adapter;
  try {
    adapter = await Adapter.start(spec.command, { timeoutMultiplier });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const started = !(error instanceof NotStarted);
    output.print(line(started, "starts", spec.command.command));
    if (started) output.print(line(false, "handshake", error.code));
    for (const said of error.stderr.trim().split("\n").slice(-10)) {
      if (said !== "" && !error.message.includes(said)) output.print(`  | ${said}`);
    }
    return error.message;
  }
  const { subject, editions, features } = adapter.hello;
  output.print(line(true, "starts", spec.command.command));
  output.print(line(true, "handshake", `${subject.name} ${subject.version}, ${subject.platform}`));
  output.print(line(undefined, "claims", editions.join(", ")));
  output.print(line(undefined, "has", features.join(", ")));
  for (const examination of examinations) {
    const broken = await perform(examination, adapter, timeoutMultiplier, output);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

async function perform(
  examination: Examination,
  adapter: Adapter,
  timeoutMultiplier: number,
  output: Output,
): Promise<string | undefined> {
  const { name, words, hint } = examination;
  const { verdict } = await judge(testOf(examination), adapter, newestEdition, {
    ...allowances(timeoutMultiplier),
    testMs: patience * timeoutMultiplier,
  });
  if (verdict.outcome === "pass" || verdict.outcome === "unsupported") {
    const well = verdict.outcome === "pass";
    output.print(line(well || undefined, name, well ? words : (verdict.message ?? "")));
    return undefined;
  }
  output.print(line(false, name, verdict.message ?? ""));
  for (const said of (verdict.actual ?? verdict.stackDump ?? "").split("\n").slice(-15)) {
    if (said !== "") output.print(`  | ${said}`);
  }
  return `${name}: ${verdict.message ?? ""}; ${hint}`;
}

/** An examination as something that can be judged. */
const testOf = ({ name, needs, words, hint, body }: Examination): ConformanceTest => ({
  title: name,
  body,
  requirement: {
    id: name,
    family: "doctor",
    text: words,
    basis: "implied",
    since: "3.7",
    source: [],
    needs,
    hint,
    inventory: [],
  },
});

const line = (well: boolean | undefined, name: string, words: string): string =>
  `${well === undefined ? "      " : well ? "ok    " : "FAIL  "}${name}: ${words}`;
