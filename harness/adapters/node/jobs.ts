import { existsSync } from "node:fs";

import type { Job } from "./implementation";
import { Senseless } from "./values";

const states = ["new", "running", "finished"] as const;

/** What a job is told; it crosses to a worker thread. */
export interface Order {
  readonly state: Int32Array;
  /** A file to wait for; null means none. */
  readonly until: string | null;
  readonly thenReturn: unknown;
  /** Absent means the job returns. */
  readonly thenRaise?: { readonly name: string; readonly message: string };
}

/** Functions for executors. */
export class Jobs {
  make(kwargs: Readonly<Record<string, unknown>>): JobHandle {
    const raised = kwargs["then_raise"] as Error | null | undefined;
    return new JobHandle({
      state: new Int32Array(new SharedArrayBuffer(4)),
      until: (kwargs["until"] as string | null | undefined) ?? null,
      thenReturn: kwargs["then_return"] ?? null,
      ...(raised === undefined || raised === null
        ? {}
        : { thenRaise: { name: raised.constructor.name, message: raised.message } }),
    });
  }

  state(job: unknown): (typeof states)[number] {
    return states[Atomics.load(handle(job).order.state, 0)] ?? "new";
  }
}

/** What stands for a job in the session; implementations take it as the job it is. */
export class JobHandle implements Job {
  readonly module = __filename;
  readonly name = obey.name;
  readonly order: Order;
  constructor(order: Order) {
    this.order = order;
  }
  get args(): readonly unknown[] {
    return [this.order];
  }
}

/** The job itself, in a worker thread. */
export function obey({ state, until, thenReturn, thenRaise }: Order): unknown {
  Atomics.store(state, 0, 1);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (until !== null && !existsSync(until)) Atomics.wait(clock, 0, 0, 2);
  Atomics.store(state, 0, 2);
  if (thenRaise === undefined) return thenReturn;
  throw Object.assign(new Error(thenRaise.message), { name: thenRaise.name });
}

function handle(job: unknown): JobHandle {
  if (job instanceof JobHandle) return job;
  throw new Senseless("expected a job");
}
