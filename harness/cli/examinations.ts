import type { Feature } from "../../spec/requirement";
import { expect } from "../subject/assertions";
import type { Puppet } from "../subject/puppets";
import type { Subject } from "../subject/subject";

/** One thing that must work before a subject can be judged. */
export interface Examination {
  readonly name: string;
  readonly needs: readonly Feature[];
  /** What is so when it works. */
  readonly words: string;
  /** Where to look when it does not. */
  readonly hint: string;
  readonly body: (subject: Subject) => Promise<void>;
}

/** What a doctor looks at after the handshake; each needs what stands before it. */
export const examinations: readonly Examination[] = [
  {
    name: "session",
    needs: [],
    words: "opens, answers a call and closes",
    hint: "answer open with opened, each call with one answer, and close with closed",
    body: async (subject) => {
      await subject.object();
    },
  },
  {
    name: "stream hygiene",
    needs: [],
    words: "what the subject prints does not reach the protocol",
    hint: "move the protocol to a duplicate of descriptor 1, then point descriptor 1 at stderr",
    body: async (subject) => {
      await subject.ask("stream.print", { args: ["printed by the subject"] });
      await subject.ask("stream.print", { args: ['{"type": "returned", "value": 1}'] });
      expect(String(await subject.object())).to.match(/#/);
    },
  },
  {
    name: "identity",
    needs: [],
    words: "the same object always has the same reference, another object another one",
    hint: "keep every object that was sent, and look it up by identity before numbering it",
    body: async (subject) => {
      const [one, other] = [await subject.object(), await subject.object()];
      expect(one, "two objects have one reference").not.to.equal(other);
      const [kind, again] = [await subject.typeOf(one), await subject.typeOf(other)];
      expect(kind, "one class has two references").to.equal(again);
    },
  },
  {
    name: "puppets",
    needs: [],
    words: "a coroutine runs and returns what it was told to",
    hint: "step each puppet from inside the subject, and block until its instruction comes",
    body: async (subject) => {
      const nonce = subject.nonce();
      expect(
        await runToEnd(
          subject,
          subject.coroutine(() => nonce),
        ),
      ).to.equal(nonce);
    },
  },
  {
    name: "signal",
    needs: ["signals"],
    words: "a real SIGINT reaches the process of the session",
    hint: "open must be answered with the pid of the process that runs the subject",
    body: async (subject) => {
      const recorder = await subject.recorder();
      await subject.setSignal(recorder);
      const main = subject.coroutine((co) =>
        co.spin(async (beats) => {
          subject.interrupt();
          await beats(2);
        }),
      );
      await runToEnd(subject, main);
      expect(await recorder.calls(), "calls of the handler").to.have.length(1);
    },
  },
  {
    name: "threads",
    needs: ["threads"],
    words: "a function runs in a thread of its own",
    hint: "while another thread speaks, the main thread waits for it and says nothing",
    body: async (subject) => {
      const nonce = subject.nonce();
      expect(await subject.inThread(subject.function(() => nonce))).to.equal(nonce);
    },
  },
  {
    name: "closes",
    needs: [],
    words: "a session that ran something ends cleanly, and the next one begins",
    hint: "answer close with closed, and leave nothing behind in a shared process",
    body: async (subject) => {
      await runToEnd(
        subject,
        subject.coroutine(() => null),
      );
    },
  },
];

/** Runs a coroutine with the entry point the subject has. */
async function runToEnd(subject: Subject, main: Puppet): Promise<unknown> {
  if (subject.has("run")) return subject.run(main);
  const runner = await subject.Runner();
  const value = await runner.run(main);
  await runner.close();
  return value;
}
