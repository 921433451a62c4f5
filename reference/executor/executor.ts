import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import type * as piscina from "piscina";

import { RuntimeError } from "../errors";
import { packageRoot } from "../native/package-root";
import { sendArguments, sendJob, type Job, type SentJob } from "./job";
import { receiveError, type SentError } from "./sent-error";

export type { Job, ModuleJob } from "./job";

/** Runs jobs somewhere else, so that they do not hold up the event loop. */
export interface Executor {
  /**
   * The promise of what the job returns; what it throws rejects it. Throws `TypeError` if the job or an
   * argument cannot
   * cross to another thread, and `RuntimeError` after `shutdown` or `terminate`.
   */
  submit(job: Job, ...args: unknown[]): Promise<unknown>;
  /** Takes no more jobs. With `wait`, resolves when all that were submitted have ended and every thread is gone. */
  shutdown(options: { wait: boolean }): Promise<void>;
  /** Kills the threads, and with them the jobs they are running. Resolves when they are gone. */
  terminate(): Promise<void>;
}

/**
 * Runs jobs in worker threads. Threads are started when jobs need them and kept until `shutdown`; one that is
 * idle does
 * not keep the process alive.
 */
export class ThreadPoolExecutor implements Executor {
  private readonly maxWorkers: number;
  private pool: piscina.Piscina | null = null;
  private phase: "open" | "shut down" | "terminated" = "open";
  private readonly unfinished = new Set<Promise<unknown>>();
  private drained: Promise<void> | null = null;

  /** As many threads as Python would use, unless told otherwise. */
  constructor({
    maxWorkers = Math.min(32, availableParallelism() + 4),
  }: { maxWorkers?: number } = {}) {
    if (!Number.isInteger(maxWorkers) || maxWorkers < 1) {
      throw new RangeError(`expected maxWorkers to be a positive integer, got ${maxWorkers}`);
    }
    this.maxWorkers = maxWorkers;
  }

  submit(job: Job, ...args: unknown[]): Promise<unknown> {
    if (this.phase !== "open") throw new RuntimeError("cannot schedule new futures after shutdown");
    const result = this.run({ job: sendJob(job), args: sendArguments(args) });
    this.unfinished.add(result);
    const finish = (): void => {
      this.unfinished.delete(result);
    };
    result.then(finish, finish);
    return result;
  }

  async shutdown({ wait }: { wait: boolean }): Promise<void> {
    if (this.phase === "open") this.phase = "shut down";
    this.drained ??= this.drain();
    if (wait) await this.drained;
  }

  async terminate(): Promise<void> {
    this.phase = "terminated";
    await this.pool?.destroy();
  }

  /** How many threads there are, busy or idle. */
  activeThreads(): number {
    return this.pool?.threads.length ?? 0;
  }

  private async drain(): Promise<void> {
    await Promise.allSettled(this.unfinished);
    await this.pool?.destroy();
  }

  private async run(task: { job: SentJob; args: unknown[] }): Promise<unknown> {
    this.pool ??= startPool(this.maxWorkers);
    const outcome = (await this.pool.run(task).catch((cause: unknown) => {
      throw this.lost(cause);
    })) as { value: unknown } | { error: SentError };
    if ("error" in outcome) throw receiveError(outcome.error);
    return outcome.value;
  }

  private lost(cause: unknown): Error {
    const message =
      this.phase === "terminated"
        ? "the executor was terminated before the job ended"
        : "the thread of the job ended before the job did";
    return new RuntimeError(message, { cause });
  }
}

function startPool(maxThreads: number): piscina.Piscina {
  // Loading the library takes longer than a short program runs; most programs never submit a job.
  const { Piscina } = createRequire(__filename)("piscina") as typeof piscina;
  const pool = new Piscina({
    filename: join(packageRoot(), "reference/executor/worker.js"),
    minThreads: 1, // with none, jobs that wait behind one that takes its thread down would wait for ever
    maxThreads,
    idleTimeout: Infinity,
  });
  // An error outside any job: something that a job left running.
  pool.on("error", (error: Error) => {
    process.emitWarning(
      `an executor thread failed between two jobs: ${error.message}`,
      "AsyncioWarning",
    );
  });
  return pool;
}
