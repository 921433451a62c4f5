import { inspect } from "node:util";

import { AssertionError } from "chai";

import type { Edition } from "../../spec/editions";
import { HarnessBug, shown as shownLine } from "../protocol/frames";
import type { Breakdown, Session, SessionOptions, TranscriptEntry } from "../session/session";
import { OutOfTurn } from "../subject/conversation";
import { Gates } from "../subject/gates";
import { AdapterError, RemoteException, Unsupported } from "../subject/remote";
import { Subject } from "../subject/subject";
import { neededBy, type ConformanceTest } from "./suite";
import type { Verdict } from "./verdict";

/** Whoever opens sessions: an adapter. */
export interface Opener {
  readonly hello: Session["hello"];
  open(options: SessionOptions): Promise<Session>;
}

/** How long things may take, in milliseconds. */
export interface Allowances {
  /** A test that takes longer hangs. */
  readonly testMs: number;
  /** How long nothing must happen to count as nothing. */
  readonly quietMs: number;
}

/** The allowances for a `--timeout-multiplier`. */
export const allowances = (multiplier = 1): Allowances => ({
  // The slowest honest test ends within a second on a busy machine with two cores.
  testMs: 10_000 * multiplier,
  quietMs: 25 * multiplier,
});

/** A verdict with the conversation that led to it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly durationMs: number;
  /** How many messages of the subject's were looked at. */
  readonly checks: number;
  readonly transcript: readonly TranscriptEntry[];
}

/** Decides one test on one subject, in a session of its own. Rejects only when the subject cannot be started. */
export async function judge(
  test: ConformanceTest,
  opener: Opener,
  edition: Edition,
  allowed: Allowances,
): Promise<Judgement> {
  const missing = neededBy(test).filter((feature) => !opener.hello.features.includes(feature));
  if (missing.length > 0) {
    const message = `needs ${missing.join(", ")}, which the subject does not claim`;
    return {
      ...{ verdict: { outcome: "unsupported", message }, transcript: [] },
      ...{ durationMs: 0, checks: 0 },
    };
  }
  const started = performance.now();
  const session = await opener.open(
    test.globalDebug === undefined ? {} : { globalDebug: test.globalDebug },
  );
  const gates = new Gates();
  const patient = { ...allowed, testMs: allowed.testMs + (test.takes ?? 0) };
  const verdict = await decide(
    test,
    session,
    new Subject(session, { edition, gates, ...patient }),
    patient,
  );
  gates.remove();
  const { transcript } = session;
  const checks = transcript.filter(({ from }) => from === "adapter").length;
  return { verdict, durationMs: performance.now() - started, checks, transcript };
}

async function decide(
  test: ConformanceTest,
  session: Session,
  subject: Subject,
  allowed: Allowances,
): Promise<Verdict> {
  const hang = alarm(allowed.testMs);
  const verdict = await Promise.race([
    conversationOf(test, subject).catch(verdictOf),
    session.broken.then(brokenDown),
    hang.rings.then(() => hung(session, allowed)),
  ]);
  hang.cancel();
  if (verdict.outcome === "pass" && subject.conversation.hasFloor) return closed(session);
  await session.abandon();
  return verdict;
}

async function conversationOf(test: ConformanceTest, subject: Subject): Promise<Verdict> {
  await Promise.race([test.body(subject), subject.conversation.failed]);
  subject.expectNoIdlePuppets();
  await subject.expectAnswersOfItsOwn();
  return { outcome: "pass" };
}

async function closed(session: Session): Promise<Verdict> {
  try {
    const leaks = await session.close();
    return leaks.length === 0
      ? { outcome: "pass" }
      : { outcome: "fail", message: `expected a clean end, got leftovers: ${leaks.join(", ")}` };
  } catch {
    return brokenDown(await session.broken);
  }
}

async function hung(session: Session, allowed: Allowances): Promise<Verdict> {
  const stackDump = await session.stackDump();
  const unfinished = session.unfinishedLine();
  const message =
    `expected an end within ${allowed.testMs / 1000} s, got ` +
    (unfinished === ""
      ? "none"
      : `${shownLine(unfinished)} without a newline; end every message with one`);
  return { outcome: "timeout", message, ...(stackDump === "" ? {} : { stackDump }) };
}

function brokenDown(breakdown: Breakdown): Verdict {
  if (breakdown.kind === "protocol-error") {
    return { outcome: "protocol-error", message: breakdown.message };
  }
  const status =
    breakdown.code === null ? "an unknown exit status" : `exit status ${breakdown.code}`;
  const how = breakdown.signal ?? status;
  const tail = breakdown.stderr.trim().split("\n").slice(-5).join("\n");
  return {
    outcome: "crash",
    message: `expected the process to live, got its end by ${how}`,
    ...(tail === "" ? {} : { actual: tail }),
  };
}

/** What a thrown error says about whom. */
function verdictOf(error: unknown): Verdict {
  if (error instanceof AssertionError) {
    const { expected, actual } = error as { expected?: unknown; actual?: unknown };
    return {
      outcome: "fail",
      message: error.message,
      ...(expected === undefined ? {} : { expected: shown(expected) }),
      ...(actual === undefined ? {} : { actual: shown(actual) }),
    };
  }
  if (error instanceof RemoteException) {
    const { traceback } = error.remote;
    return {
      outcome: "fail",
      message: `expected no exception, got ${error.message}`,
      ...(traceback === undefined ? {} : { actual: traceback.trim() }),
    };
  }
  if (error instanceof Unsupported) {
    return error.claimed
      ? {
          outcome: "fail",
          message: `expected what the subject claims to have, got ${error.message}`,
        }
      : { outcome: "unsupported", message: error.message };
  }
  if (error instanceof OutOfTurn || error instanceof AdapterError) {
    return { outcome: "protocol-error", message: error.message };
  }
  if (error instanceof TypeError && isRaisedInSuite(error)) {
    return {
      outcome: "fail",
      message: `expected another kind of value from the subject: ${error.message}`,
    };
  }
  const text = error instanceof HarnessBug ? error.message : String((error as Error).stack);
  return { outcome: "harness-error", message: text };
}

/** A test that trips over what it was given: no runner, say, where a runner was asked for. */
const isRaisedInSuite = ({ stack = "" }: Error): boolean =>
  /[\\/]conformance[\\/][\w-]+\.\w+:/.test(
    stack.split("\n").find((line) => line.startsWith("    at ")) ?? "",
  );

const shown = (value: unknown): string =>
  typeof value === "string" ? value : inspect(value, { depth: 4, breakLength: 100 });

/** A timer as a promise that can be given up. */
function alarm(ms: number): { readonly rings: Promise<void>; cancel(): void } {
  let timer: NodeJS.Timeout;
  const rings = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return {
    rings,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
