import { spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";

/** A program to run on the way to a subject. */
export interface Step {
  readonly program: string;
  readonly args: readonly string[];
  /** Absent means the folder we are in. */
  readonly cwd?: string;
}

/** Runs a step and appends what it says to a log. Resolves to all it said; rejects with StepFailed. */
export type Execute = (step: Step, log: string) => Promise<string>;

/** A step that ended badly, or could not begin. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly step: Step;
  readonly said: string;

  constructor(step: Step, said: string) {
    super(`${step.program} failed`);
    this.step = step;
    this.said = said;
  }
}

/** Ten minutes: a slow line downloads Qt in that time. */
const patience = 600_000;

/** Runs steps as processes, which end when `interrupted` says so. */
export const executeWith =
  (interrupted: AbortSignal): Execute =>
  (step, log) =>
    new Promise((resolve, reject) => {
      appendFileSync(log, `$ ${[step.program, ...step.args].join(" ")}\n`);
      const before = readFileSync(log).length;
      const out = openSync(log, "a");
      const child = spawn(step.program, step.args, {
        stdio: ["ignore", out, out],
        cwd: step.cwd,
        signal: interrupted,
        timeout: patience,
      });
      closeSync(out);
      const said = () => readFileSync(log).subarray(before).toString();
      child.on("error", (error) => {
        reject(new StepFailed(step, `${said()}\n${error.message}`));
      });
      child.on("close", (code) => {
        if (code === 0) resolve(said());
        else reject(new StepFailed(step, said()));
      });
    });
