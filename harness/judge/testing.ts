import type { Edition } from "../../spec/editions";
import type { Basis, Requirement } from "../../spec/requirement";
import type { Hello } from "../protocol/messages";
import type { Session } from "../session/session";
import type { Judgement } from "./judge";
import type { RunningAdapter } from "./subject-run";
import type { ConformanceTest } from "./suite";
import type { Outcome } from "./verdict";

/** A requirement that is in no catalogue. */
export const requirementNamed = (
  name: string,
  more: Partial<Requirement> = {},
  basis: Basis = "stated",
): Requirement => ({
  id: `made-up.${name}`,
  family: "made-up",
  text: `The runner does ${name}.`,
  basis,
  since: "3.7",
  source: [{ section: "run" }],
  hint: `Do ${name}.`,
  inventory: ["-"],
  ...more,
});

/** A test of it that passes at once, or does something else. */
export const testOf = (
  requirement: Requirement,
  sentence = "does it",
  body: ConformanceTest["body"] = () => Promise.resolve(),
): ConformanceTest => ({ title: `${requirement.id}: ${sentence}`, requirement, body });

/** What a test came to, without evidence. */
export const judgementOf = (outcome: Outcome, message?: string): Judgement => ({
  verdict: { outcome, ...(message === undefined ? {} : { message }) },
  durationMs: 1,
  checks: 0,
  transcript: [],
});

/** A subject that claims what it is told to, and does nothing. */
export const helloOf = (
  editions: readonly Edition[] = ["3.13"],
  features: Hello["features"] = [],
): Hello => ({
  type: "hello",
  protocol: 1,
  subject: { name: "Fake", version: "1.0", language: "TypeScript", platform: "here" },
  editions: [...editions],
  features,
  isolation: "fork",
});

/** An adapter without a process, or with one that is somebody else's: its sessions are silent. `stop` counts. */
export function silentAdapter(hello = helloOf(), pid = 0): RunningAdapter & { stops: number } {
  const session: Session = {
    hello,
    pid,
    send: () => undefined,
    onMessage: () => undefined,
    broken: new Promise(() => undefined),
    interrupt: () => undefined,
    idle: () => Promise.resolve(),
    stackDump: () => Promise.resolve(""),
    unfinishedLine: () => "",
    close: () => Promise.resolve([]),
    abandon: () => Promise.resolve(),
    transcript: [],
  };
  return {
    hello,
    stops: 0,
    open: () => Promise.resolve(session),
    stop() {
      this.stops += 1;
      return Promise.resolve();
    },
  };
}
