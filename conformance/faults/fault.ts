import type { Operation } from "../../harness/adapters/node/implementation";
import type { Rules } from "../../reference/editions";
import type { Runners } from "../../reference/runners";
import { newestEdition, type Edition } from "../../spec/editions";
import type { Requirement } from "../../spec/requirement";

/** An implementation that is wrong in exactly one way, kept to prove that the test of a requirement can fail. */
export type Fault = InReference | InPython;

interface AnyFault {
  /** Kebab-case, unique. */
  readonly name: string;
  /** What it does wrong, in the third person: "returns None instead of main's value". */
  readonly does: string;
  readonly breaks: Requirement;
  /** What the message of the failing test must say; it has to speak about the implementation. */
  readonly says: RegExp;
  /** How the test fails. Absent means that it makes an assertion that does not hold. */
  readonly by?: "fail" | "timeout" | "crash";
  /** The edition it is judged by. Absent means the newest that asks for the requirement. */
  readonly edition?: Edition;
  /** Requirements, or families by name, that cannot hold either. The requirement's own family goes without saying. */
  readonly alsoBreaks?: readonly (Requirement | string)[];
}

/** Built on the reference: `inject` changes it, and has the process for itself. */
export interface InReference extends AnyFault {
  readonly inject: (reference: Reference) => void;
}

/** Built on CPython's own Runner, where the reference cannot show it. */
export interface InPython extends AnyFault {
  readonly python: {
    /** `MODULE:NAME` in the folder python. Absent means asyncio's own. */
    readonly runner?: string;
    readonly run?: string;
  };
}

/** The part of the reference that belongs to one edition, open for changes. */
export interface Reference {
  readonly edition: Edition;
  /** How the edition differs from others. */
  readonly rules: { -readonly [Rule in keyof Rules]: Rules[Rule] };
  readonly api: Runners;
  /** By their protocol names. */
  readonly operations: Record<string, Operation>;
  /** Called when a session ends: what a fault remembers must not outlive it. */
  readonly atEnd: (() => void)[];
}

/** The environment variable that names the fault to subject.ts. */
export const faultVariable = "RUNNER_CONFORMANCE_FAULT";

/** The edition a fault is judged by. */
export const editionOf = ({ edition, breaks }: Fault): Edition =>
  edition ?? breaks.until ?? newestEdition;

/** Whether a fault may make `requirement` fail: it breaks it, or something that cannot go without it. */
export const mayBreak = ({ breaks, alsoBreaks = [] }: Fault, requirement: Requirement): boolean =>
  requirement.family === breaks.family ||
  alsoBreaks.some((what) => what === requirement || what === requirement.family);
