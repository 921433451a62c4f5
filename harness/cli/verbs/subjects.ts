import { resolve } from "node:path";

import { discoverInterpreters } from "../../adapters/python/discover";
import { seconds } from "../../report/describe";
import { table } from "../../report/layout";
import { Adapter } from "../../session/adapter";
import { AdapterError } from "../../session/errors";
import { terminateAll } from "../../session/living";
import { folderFor } from "../../subjects/environment";
import { executeWith } from "../../subjects/execute";
import { install, type Machine } from "../../subjects/install";
import type { SubjectFile } from "../../subjects/subject-file";
import { exitCodes, type ExitCode } from "../exit-codes";
import { catchInterruption } from "../interruption";
import { lazily } from "../lazily";
import type { Output } from "../output";
import type { RunSettings } from "../run-settings";
import { defaultCache, realSubject, realSubjectsNamed } from "../subjects/real-subject";
import { UsageError } from "../../usage-error";

/** What all verbs about real subjects understand. */
export interface SubjectsOptions {
  /** Where environments are kept. */
  readonly cache?: string;
}

const cacheOf = ({ cache }: SubjectsOptions): string =>
  cache === undefined ? defaultCache() : resolve(cache);

/** Prints the real subjects and whether they are installed. */
export function listSubjects(options: SubjectsOptions, output: Output): ExitCode {
  const rows = realSubjectsNamed([]).map((file) => [
    file.name,
    realSubject(file, cacheOf(options)) === undefined ? "" : "installed",
    file.about,
  ]);
  output.print(table([["subject", "", "what is judged"], ...rows]).join("\n"));
  return exitCodes.asExpected;
}

/** Makes the environments of real subjects. One line for each; what cannot be had here is skipped. */
export async function installSubjects(
  names: readonly string[],
  options: SubjectsOptions,
  jobs: number,
  output: Output,
): Promise<ExitCode> {
  const files = realSubjectsNamed(names);
  const interruption = catchInterruption();
  try {
    const machine: Machine = {
      platform: process.platform,
      interpreters: await discoverInterpreters(),
      execute: executeWith(interruption.signal),
      cache: cacheOf(options),
    };
    const missing = await installAll(files, machine, { jobs, output, stop: interruption.signal });
    if (interruption.signal.aborted) return exitCodes.interrupted;
    // Asked for everything, a machine gives what it can; asked for one thing, it has to give that.
    return names.length > 0 && missing > 0 ? exitCodes.subjectUnusable : exitCodes.asExpected;
  } finally {
    await terminateAll();
    interruption.release();
  }
}

interface Installing {
  readonly jobs: number;
  readonly output: Output;
  readonly stop: AbortSignal;
}

/** Installs side by side, except what would wait for the same folder or lock. Gives how many could not be had. */
async function installAll(
  files: readonly SubjectFile[],
  machine: Machine,
  { jobs, output, stop }: Installing,
): Promise<number> {
  const queue = grouped(files, (file) =>
    file.install.debian === undefined ? folderFor(file, machine.cache) : "apt",
  );
  const stopped = () => stop.aborted;
  let missing = 0;
  const worker = async () => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      for (const file of group) {
        if (stopped()) return;
        const { ready, line } = await installOne(file, machine);
        if (!ready) missing += 1;
        if (!stopped()) output.print(`${file.name}: ${line}`);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return missing;
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

async function installOne(
  file: SubjectFile,
  machine: Machine,
): Promise<{ readonly ready: boolean; readonly line: string }> {
  const start = performance.now();
  const installation = await install(file, machine);
  if ("missing" in installation) {
    const { missing, log } = installation;
    return { ready: false, line: `skipped: ${missing}${log === undefined ? "" : `; see ${log}`}` };
  }
  if (!installation.fresh) return { ready: true, line: "already installed" };
  const broken = await whyItDoesNotStart(file, machine);
  return broken === undefined
    ? { ready: true, line: `installed in ${seconds(performance.now() - start)}` }
    : { ready: false, line: `installed, but does not start: ${broken}` };
}

async function whyItDoesNotStart(
  file: SubjectFile,
  { cache }: Machine,
): Promise<string | undefined> {
  const spec = realSubject(file, cache);
  if (spec === undefined) return "its interpreter is gone";
  try {
    await (await Adapter.start(spec.command, { timeoutMultiplier: 4 })).stop();
    return undefined;
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return inOneLine(error);
  }
}

/** A subject that refused to start says why in a line; of one that died, the last words may. */
function inOneLine({ code, message, stderr }: AdapterError): string {
  const [sentence = ""] = message.split("\n");
  const [lastWords = ""] = stderr.trim().split("\n").slice(-1);
  return code === "refused" || lastWords === "" ? sentence : `${sentence}: ${lastWords}`;
}

/** Judges real subjects that are installed, in one table. */
export async function runSubjects(
  names: readonly string[],
  options: SubjectsOptions,
  settings: RunSettings,
  output: Output,
  command: readonly string[],
): Promise<ExitCode> {
  const cache = cacheOf(options);
  const found = realSubjectsNamed(names).map((file) => ({ file, spec: realSubject(file, cache) }));
  for (const { file } of found.filter(({ spec }) => spec === undefined)) {
    output.narrate(
      `skipped ${file.name}: not installed; try runner-conformance subjects install ${file.name}`,
    );
  }
  const specs = found.flatMap(({ spec }) => (spec === undefined ? [] : [spec]));
  if (specs.length > 0) return lazily.run().run(specs, settings, output, command);
  throw new UsageError(
    `expected a real subject that is installed in ${cache}, got none; run runner-conformance subjects install first`,
  );
}
