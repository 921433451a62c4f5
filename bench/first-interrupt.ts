// first-interrupt.ts [SUBJECTS…]: how long the first Ctrl-C takes to reach a coroutine that waits on an idle loop, and
// how long until run() is over. Subjects are named as for `run`; without any, all real subjects that are installed.
import { newestEdition } from "../spec/editions";
import { defaultCache, realSubject, realSubjectsNamed } from "../harness/cli/subjects/real-subject";
import { subjectsNamed } from "../harness/cli/subjects/resolve";
import type { SubjectSpec } from "../harness/subject-spec";
import { processOutput } from "../harness/cli/output";
import { judge } from "../harness/judge/judge";
import type { ConformanceTest } from "../harness/judge/suite";
import { table } from "../harness/report/layout";
import { Adapter } from "../harness/session/adapter";
import { terminateAll } from "../harness/session/living";
import { failureOf, type Subject } from "../harness/subject/subject";
import { median, print } from "./suite/measure";

const rounds = 5;
/** A Ctrl-C that takes longer is lost. */
const patience = 15_000;

/** Milliseconds from the signal. */
interface Latency {
  readonly reached: number | undefined;
  readonly ended: number | undefined;
  readonly outcome: string;
}

async function main(): Promise<void> {
  const rows = [["subject", "reaches main after", "run() ends after", "with"]];
  for (const spec of await specs(process.argv.slice(2))) {
    const measured = await latenciesOf(spec);
    rows.push([
      spec.name,
      ...(typeof measured === "string" ? ["-", "-", measured] : cells(measured)),
    ]);
  }
  print(table(rows).join("\n"));
}

async function specs(names: readonly string[]): Promise<readonly SubjectSpec[]> {
  if (names.length > 0) return subjectsNamed(names, processOutput());
  return realSubjectsNamed([]).flatMap((file) => realSubject(file, defaultCache()) ?? []);
}

/** What was measured, or why nothing was. */
async function latenciesOf(spec: SubjectSpec): Promise<readonly Latency[] | string> {
  let adapter: Adapter;
  try {
    adapter = await Adapter.start(spec.command);
  } catch {
    return "does not start";
  }
  try {
    const latencies: Latency[] = [];
    while (latencies.length < rounds) {
      const latency = await latencyOf(adapter);
      if (typeof latency === "string") return latency;
      latencies.push(latency);
      if (latency.ended === undefined) break;
    }
    return latencies;
  } finally {
    await adapter.stop();
  }
}

async function latencyOf(adapter: Adapter): Promise<Latency | string> {
  const at: { pressed?: number; reached?: number; ended?: number; outcome?: string } = {};
  const body = async (subject: Subject) => {
    const waiting = subject.coroutine(async (co) => {
      const forever = await (await subject.getRunningLoop()).createFuture();
      await subject.onceSuspended(() => {
        at.pressed = performance.now();
        subject.interrupt();
      });
      const raised = await failureOf(co.await(forever));
      at.reached = performance.now();
      throw raised;
    });
    at.outcome = (await failureOf(runToEnd(subject, waiting))).type;
    at.ended = performance.now();
  };
  const allowed = { testMs: patience, quietMs: 25 };
  const { verdict } = await judge(testOf(body), adapter, newestEdition, allowed);
  const { pressed, reached, ended, outcome } = at;
  if (pressed === undefined) return outcome ?? verdict.message ?? "main could not wait";
  return {
    reached: reached === undefined ? undefined : reached - pressed,
    ended: ended === undefined ? undefined : ended - pressed,
    outcome: outcome ?? verdict.outcome,
  };
}

async function runToEnd(subject: Subject, coroutine: unknown): Promise<unknown> {
  if (subject.has("run")) return subject.run(coroutine);
  return (await subject.Runner()).run(coroutine);
}

const testOf = (body: ConformanceTest["body"]): ConformanceTest => ({
  title: "first-interrupt",
  body,
  requirement: {
    id: "first-interrupt",
    family: "bench",
    text: "",
    basis: "implied",
    since: "3.7",
    source: [],
    needs: ["signals"],
    hint: "",
    inventory: [],
  },
});

const cells = (latencies: readonly Latency[]): readonly string[] => [
  time(latencies.map(({ reached }) => reached)),
  time(latencies.map(({ ended }) => ended)),
  latencies.at(-1)?.outcome ?? "",
];

const time = (times: readonly (number | undefined)[]): string =>
  times.includes(undefined)
    ? `never (${patience / 1000} s)`
    : `${median(times as readonly number[]).toFixed(1)} ms`;

void main().finally(terminateAll);
