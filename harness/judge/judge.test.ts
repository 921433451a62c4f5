import { expect } from "chai";

import type { Requirement } from "../../spec/requirement";
import type { FromAdapter, FromHarness } from "../protocol/messages";
import type { ExceptionValue } from "../protocol/values";
import type { Subject } from "../subject/subject";
import { FakeSession } from "../subject/testing";
import { judge, type Judgement } from "./judge";
import type { ConformanceTest, TestOptions } from "./suite";

const requirement: Requirement = {
  id: "some.requirement",
  family: "some",
  text: "It is so.",
  basis: "stated",
  since: "3.7",
  source: [{ section: "run" }],
  hint: "Make it so.",
  inventory: [],
};

const allowed = { testMs: 50, quietMs: 1 };

async function judged(
  session: FakeSession,
  body: (subject: Subject) => Promise<void>,
  options: TestOptions = {},
): Promise<Judgement["verdict"]> {
  const test: ConformanceTest = { title: "some.requirement: is so", requirement, body, ...options };
  const opener = { hello: session.hello, open: () => Promise.resolve(session) };
  return (await judge(test, opener, "3.13", allowed)).verdict;
}

const answering = (answer: FromAdapter) =>
  new FakeSession((message: FromHarness) => (message.type === "call" ? answer : undefined));

/** What somebody who listens answers. */
function honestAnswer(message: FromHarness): FromAdapter | undefined {
  if (message.type !== "call") return undefined;
  if (message.op !== "exception.new") {
    return { type: "returned", value: { ref: 1, kind: "object" } };
  }
  const [type, text] = (message.args ?? []).map(String);
  const made = { ref: 2, kind: "exception", type: type ?? "", bases: [], message: text ?? "" };
  return { type: "returned", value: made as ExceptionValue };
}

describe("judging a test", () => {
  it("passes when the body ends and the session closes cleanly", async () => {
    const session = new FakeSession((message) => honestAnswer(message));

    const verdict = await judged(session, async (subject) => {
      await subject.object();
    });

    expect([verdict, session.ended]).to.deep.equal([{ outcome: "pass" }, "closed"]);
  });

  it("fails when the answers may come from a recording", async () => {
    const session = answering({ type: "returned", value: { ref: 1, kind: "object" } });

    const verdict = await judged(session, async (subject) => {
      await subject.object();
    });

    expect(verdict.outcome).to.equal("fail");
    expect(verdict.message).to.match(/^expected an exception that says [\w-]+, got object#1$/);
  });

  it("fails when a puppet that should run never did", async () => {
    const session = new FakeSession();

    const verdict = await judged(session, (subject) => {
      subject.coroutine(() => null);
      return Promise.resolve();
    });

    expect([verdict.outcome, verdict.message]).to.deep.equal([
      "fail",
      "coroutine puppet 1 never ran",
    ]);
  });

  it("fails when the session leaves something behind", async () => {
    const session = new FakeSession();
    session.leaks = ["a running event loop"];

    expect(await judged(session, () => Promise.resolve())).to.deep.equal({
      outcome: "fail",
      message: "expected a clean end, got leftovers: a running event loop",
    });
  });

  it("fails with both sides of a comparison", async () => {
    const verdict = await judged(new FakeSession(), () => {
      expect("seen").to.equal("accepted");
      return Promise.resolve();
    });

    expect([verdict.outcome, verdict.expected, verdict.actual]).to.deep.equal([
      "fail",
      "accepted",
      "seen",
    ]);
  });

  it("is a timeout with a stack dump when nothing ends, and abandons the session", async () => {
    const session = new FakeSession();

    const verdict = await judged(session, () => new Promise(() => undefined));

    expect([verdict, session.ended]).to.deep.equal([
      {
        outcome: "timeout",
        message: "expected an end within 0.05 s, got none",
        stackDump: "where it hangs",
      },
      "abandoned",
    ]);
  });

  it("is a crash when the process ends", async () => {
    const session = new FakeSession();
    session.breakDown({
      kind: "crash",
      code: null,
      signal: "SIGSEGV",
      stderr: "Segmentation fault",
    });

    expect(await judged(session, () => new Promise(() => undefined))).to.deep.equal({
      outcome: "crash",
      message: "expected the process to live, got its end by SIGSEGV",
      actual: "Segmentation fault",
    });
  });

  it("is a protocol error when the adapter could not even try", async () => {
    const session = answering({ type: "adapter-error", message: "no such reference" });

    const verdict = await judged(session, async (subject) => {
      await subject.object();
    });

    expect(verdict).to.deep.equal({
      outcome: "protocol-error",
      message: "expected the adapter to try object.new, got adapter-error: no such reference",
    });
  });

  it("is unsupported, without a session, when a needed feature is not claimed", async () => {
    const session = new FakeSession();

    const verdict = await judged(session, () => Promise.resolve(), { needs: ["threads"] });

    expect([verdict.outcome, verdict.message, session.sent]).to.deep.equal([
      "unsupported",
      "needs threads, which the subject does not claim",
      [],
    ]);
  });

  it("fails a subject that refuses what it claims", async () => {
    const session = answering({ type: "unsupported", reason: "not today" });

    const verdict = await judged(session, async (subject) => {
      await subject.Runner();
    });

    expect([verdict.outcome, verdict.message]).to.deep.equal([
      "fail",
      "expected what the subject claims to have, got unsupported asyncio.Runner: not today",
    ]);
  });

  it("blames the harness for its own mistakes", async () => {
    const verdict = await judged(new FakeSession(), async (subject) => {
      void subject.object();
      await subject.object();
    });

    expect(verdict.outcome).to.equal("harness-error");
  });
});
