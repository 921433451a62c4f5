import type { ConformanceTest } from "../../harness/judge/suite";
import type { FaultCommand } from "./command";
import { brisk, examine, type Examination, type Failure } from "./examine";
import { mayBreak, type Fault } from "./fault";

/** What became of a fault. */
export interface Finding {
  readonly fault: Fault;
  /** Whether the test it is meant for failed, and said what it should. */
  readonly killed: boolean;
  /** What is wrong with the fault or with the suite; empty for a fault that was found out the way it should be. */
  readonly complaints: readonly string[];
  /** How the test that found it out put it. */
  readonly message: string;
  /** Ids of all requirements it fails, sorted. */
  readonly failed: readonly string[];
  /** Why it was not judged. */
  readonly skipped?: string;
}

/** The finding about a fault that this machine cannot start. */
export const skippedFinding = (fault: Fault): Finding => ({
  fault,
  killed: false,
  complaints: [],
  message: "",
  failed: [],
  skipped: "no CPython 3.11 or newer on this machine",
});

/** Judges a fault by `suite` and compares the outcome with what the fault says of itself. */
export async function findOut(
  fault: Fault,
  { command, edition }: FaultCommand,
  suite: readonly ConformanceTest[],
): Promise<Finding> {
  const meant = suite.filter(({ requirement }) => requirement === fault.breaks);
  const others = suite.filter(({ requirement }) => requirement !== fault.breaks);
  const examined = await examine(command, [...meant, ...others], {
    edition,
    allowed: brisk,
    believes: (failure) =>
      failure.test.requirement === fault.breaks
        ? isAsSaid(fault, failure)
        : mayBreak(fault, failure.test.requirement),
  }).catch((error: unknown) => error as Error);
  if (!(examined instanceof Error)) return findingOf(fault, examined, others.length > 0);
  const complaints = [`cannot be judged: ${examined.message}`];
  return { fault, killed: false, complaints, message: "", failed: [] };
}

function findingOf(
  fault: Fault,
  { failures, passed, unsupported }: Examination,
  hasOthers: boolean,
): Finding {
  const meant = failures.find(({ test }) => test.requirement === fault.breaks);
  const strays = failures.filter(({ test }) => !mayBreak(fault, test.requirement));
  const killed = meant !== undefined && isAsSaid(fault, meant);
  return {
    fault,
    killed,
    complaints: [
      ...(killed
        ? []
        : [meant === undefined ? survivesBy(fault, unsupported) : otherThanSaid(fault, meant)]),
      ...strays.map(({ test, verdict }) => `also fails ${test.title}\n    ${words(verdict)}`),
      ...(hasOthers && passed.length === 0 ? ["passes nothing at all"] : []),
    ],
    message: meant?.verdict.message ?? "",
    failed: failures.map(({ test }) => test.requirement.id).sort(),
  };
}

/** Whether a test failed the way the fault says it does. */
const isAsSaid = (fault: Fault, { verdict: { outcome, message = "" } }: Failure): boolean =>
  outcome === (fault.by ?? "fail") && fault.says.test(message);

const otherThanSaid = (fault: Fault, { verdict }: Failure): string =>
  `expected ${fault.by ?? "fail"} that says ${String(fault.says)}, got ${words(verdict)}`;

const survivesBy = ({ breaks }: Fault, unsupported: readonly string[]): string =>
  unsupported.some((title) => title.startsWith(`${breaks.id}: `))
    ? "is not judged, since it lacks a feature the test needs"
    : "survives";

const words = ({ outcome, message = "" }: Failure["verdict"]): string => `${outcome}: ${message}`;
