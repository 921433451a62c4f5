/** What is measured, in the order of the table. */
export const rows = {
  "task-switch": { what: "task switch", count: 1_000_000, unit: "ns" },
  "spawn-join": { what: "spawn and join", count: 100_000, unit: "ns" },
  "future-wake-up": { what: "future wake-up", count: 100_000, unit: "ns" },
  "timer-churn": { what: "timer churn", count: 100_000, unit: "ns" },
  "start-to-end": { what: "run() start to end", count: 10_000, unit: "ns" },
  "idle-task": { what: "memory per idle task", count: 100_000, unit: "bytes" },
} as const;

export type Row = keyof typeof rows;

export const rowNames = Object.keys(rows) as Row[];

/** Rows that are measured by the clock; the others are measured by what they leave in memory. */
export type TimedRow = Exclude<Row, "idle-task">;

/** How many timers are armed at the same time in the row of that name. */
export const timersAtOnce = 1000;

/** One implementation: how it does each row. */
export interface Programs extends Record<TimedRow, (count: number) => Promise<unknown>> {
  /** Calls `look` while `count` tasks wait for something that does not come. */
  "idle-task": (count: number, look: () => unknown) => Promise<unknown>;
}
