import { expect } from "chai";

import { HarnessBug } from "../protocol/frames";
import { commandLine } from "./command";
import { BecameUnusable, SessionBroken } from "./errors";
import {
  expectGone,
  failureOf,
  firstAnswer,
  good,
  thatDoes,
  withAdapter,
} from "./fixtures/adapters";
import type { Session, TranscriptEntry } from "./session";
import { signal } from "./signals";
import { deferred } from "./waiting";

/** A transcript without times: who sent what. */
const told = ({ transcript }: Session): string[] =>
  transcript.map(({ from, message }: TranscriptEntry) =>
    "type" in message ? `${from}: ${message.type}` : `${from}: ${message.signal}`,
  );

describe("an adapter", () => {
  for (const isolation of ["shared", "process", "fork"] as const) {
    it(`runs sessions one after the other (${isolation})`, async () => {
      await withAdapter(good(isolation), async (adapter) => {
        for (const op of ["first", "second", "third"]) {
          const session = await adapter.open();

          expect(await firstAnswer(session, op)).to.deep.equal({ type: "returned", value: op });
          expect(await session.close()).to.deep.equal([]);
        }
      });
    });
  }

  const processes = {
    "shares a process where it likes": ["shared", false, 1],
    "isolates sessions when told to": ["shared", true, 3],
    "uses one process per session where it must": ["process", false, 3],
    "leaves isolation to forks": ["fork", true, 3],
  } as const;
  for (const [how, [isolation, isolate, expected]] of Object.entries(processes)) {
    it(how, async () => {
      const pids = new Set<number>();
      await withAdapter(
        good(isolation),
        async (adapter) => {
          for (let i = 0; i < 3; i++) {
            const session = await adapter.open();
            pids.add(session.pid);
            await session.close();
          }
        },
        { isolate },
      );

      expect(pids.size).to.equal(expected);
      for (const pid of pids) await expectGone(pid);
    });
  }

  it("opens one session at a time", async () => {
    await withAdapter(good("shared"), async (adapter) => {
      await adapter.open();

      const error = await failureOf(adapter.open(), HarnessBug);

      expect(error.message).to.equal(
        "expected the previous session to be over, got another open; close or abandon it first",
      );
    });
  });

  it("opens nothing once it was stopped", async () => {
    await withAdapter(good("shared"), async (adapter) => {
      await adapter.stop();

      const error = await failureOf(adapter.open(), HarnessBug);

      expect(error.message).to.equal("expected a running adapter, got one that was stopped");
    });
  });

  it("starts again when it died between two sessions", async () => {
    const ended = deferred<string>();
    await withAdapter(
      thatDoes(
        "say(hello()); answer({ open: opened, close: () => { closed(); process.exit(4) } })",
      ),
      async (adapter) => {
        await (await adapter.open()).close();
        expect(await ended.promise).to.equal(
          "expected the adapter to wait for the next session, got exit code 4; exit only when stdin ends",
        );

        await (await adapter.open()).close();
      },
      { onNote: ended.resolve },
    );
  });

  it("starts again when it spoke between two sessions", async () => {
    const noise = deferred<string>();
    await withAdapter(
      thatDoes("say(hello()); answer({ open: opened, close: () => { closed(); closed() } })"),
      async (adapter) => {
        const first = await adapter.open();
        await first.close();
        expect(await noise.promise).to.equal(
          'expected silence between sessions, got "{\\"type\\":\\"closed\\"}"; speak only when asked',
        );

        expect((await adapter.open()).pid).not.to.equal(first.pid);
      },
      { onNote: noise.resolve },
    );
  });

  it("starts again after a session that left something behind", async () => {
    await withAdapter(
      thatDoes(
        "say(hello()); answer({ open: opened, close: () => say({ type: 'closed', leaks: ['a thread'] }) })",
      ),
      async (adapter) => {
        const first = await adapter.open();

        expect(await first.close()).to.deep.equal(["a thread"]);
        expect((await adapter.open()).pid).not.to.equal(first.pid);
      },
    );
  });

  const unusables = {
    "dies on open": ["process.exit(9)", "expected the session to go on, got exit code 9"],
    "speaks right after hello": [
      "opened()",
      'expected silence between sessions, got "{\\"type\\":\\"closed\\"}"; speak only when asked',
      ", { type: 'closed' }",
    ],
    "names the harness as its session": [
      "say({ type: 'opened', pid: process.ppid })",
      `expected opened to name the process of the session, got ${process.pid}, which is not the adapter's; send the subject's own pid`,
    ],
  } as const;
  for (const [does, [onOpen, last, afterHello = ""]] of Object.entries(unusables)) {
    it(`becomes unusable when it ${does}, three times in a row`, async () => {
      const command = thatDoes(`say(hello()${afterHello}); answer({ open: () => { ${onOpen} } })`);
      await withAdapter(command, async (adapter) => {
        const error = await failureOf(adapter.open(), BecameUnusable);

        expect(error.message).to.equal(
          `expected ${commandLine(command)} to open another session, got 3 failures in a row; the last: ${last}`,
        );
        expect(await failureOf(adapter.open(), BecameUnusable)).to.equal(error);
      });
    });
  }
});

describe("a session", () => {
  it("keeps a transcript with times", async () => {
    await withAdapter(good("fork"), async (adapter) => {
      const session = await adapter.open({ globalDebug: "dev-mode" });
      await firstAnswer(session, "loop.time");
      await session.close();

      expect(told(session)).to.deep.equal([
        "harness: open",
        "adapter: opened",
        "harness: call",
        "adapter: returned",
        "harness: close",
        "adapter: closed",
      ]);
      const times = session.transcript.map(({ at }) => at);
      expect(times).to.deep.equal([...times].sort((a, b) => a - b));
      expect(session.transcript[0]?.message).to.include({ globalDebug: "dev-mode" });
    });
  });

  it("hears two frames of one write in their order", async () => {
    const twice =
      "say({ type: 'notice', puppet: 1, event: 'spinning' }, { type: 'returned', value: 1 })";
    await withAdapter(
      thatDoes(`say(hello()); answer({ open: opened, call: () => ${twice}, close: closed })`),
      async (adapter) => {
        const session = await adapter.open();
        await new Promise<void>((resolve) => {
          session.onMessage(({ type }) => {
            if (type === "returned") resolve();
          });
          session.send({ type: "call", op: "x" });
        });
        await session.close();

        expect(told(session).slice(2, 5)).to.deep.equal([
          "harness: call",
          "adapter: notice",
          "adapter: returned",
        ]);
      },
    );
  });

  it("is interrupted by a real SIGINT", async () => {
    await withAdapter(good("fork"), async (adapter) => {
      const session = await adapter.open();

      session.interrupt();

      expect(await session.broken).to.deep.equal({
        kind: "crash",
        code: null,
        signal: "SIGINT",
        stderr: "",
      });
      expect(told(session).slice(2)).to.deep.equal(["signal: SIGINT", "adapter: died"]);
    });
  });

  it("that crashed in a fork leaves the adapter running", async () => {
    await withAdapter(good("fork"), async (adapter) => {
      const first = await adapter.open();
      signal(first.pid, "SIGSEGV");

      expect(await first.broken).to.include({ kind: "crash", signal: "SIGSEGV" });
      await first.abandon();
      expect(await (await adapter.open()).close()).to.deep.equal([]);
    });
  });

  for (const isolation of ["shared", "process", "fork"] as const) {
    it(`can be abandoned, and another one opened (${isolation})`, async () => {
      await withAdapter(good(isolation), async (adapter) => {
        const first = await adapter.open();

        await first.abandon();

        await expectGone(first.pid);
        expect(await (await adapter.open()).close()).to.deep.equal([]);
      });
    });
  }

  it("can be abandoned though the adapter does not notice", async () => {
    const deaf =
      "say(hello({ isolation: 'fork' })); answer({ open: () => say({ type: 'opened', pid: grandchild().pid }), close: closed })";
    await withAdapter(
      thatDoes(deaf),
      async (adapter) => {
        const first = await adapter.open();

        await first.abandon();

        await expectGone(first.pid);
        expect((await adapter.open()).pid).not.to.equal(first.pid);
      },
      { timeoutMultiplier: 0.2 },
    );
  });

  const crashes = {
    "by exiting": ["process.exit(5)", { code: 5, signal: null, stderr: "" }],
    "by a signal": ["dieBy('SIGSEGV')", { code: null, signal: "SIGSEGV", stderr: "" }],
    "with last words": [
      "process.stderr.write('last words', () => process.exit(1))",
      { code: 1, signal: null, stderr: "last words" },
    ],
    "while a grandchild keeps the pipes open": [
      "grandchild(); process.exit(6)",
      { code: 6, signal: null, stderr: "" },
    ],
  } as const;
  for (const [how, [script, expected]] of Object.entries(crashes)) {
    it(`breaks when the adapter dies ${how}`, async () => {
      await withAdapter(
        thatDoes(`say(hello()); answer({ open: opened, call: () => { ${script} } })`),
        async (adapter) => {
          const session = await adapter.open();
          session.onMessage(() => undefined);

          session.send({ type: "call", op: "x" });

          expect(await session.broken).to.deep.equal({ kind: "crash", ...expected });
          await session.abandon();
          await expectGone(-session.pid);
        },
      );
    });
  }

  it("is not blamed for what an earlier one wrote on stderr", async () => {
    await withAdapter(
      thatDoes(
        "say(hello()); answer({ open: opened, call: ({ op }) => { console.error(op); returned() }, close: closed, finish: () => process.exit(1) })",
      ),
      async (adapter) => {
        const first = await adapter.open();
        await firstAnswer(first, "earlier");
        await first.close();
        const second = await adapter.open();
        await firstAnswer(second, "later");

        second.send({ type: "finish", value: null });

        expect(await second.broken).to.include({ kind: "crash", stderr: "later\n" });
      },
    );
  });

  const violations = {
    "a line that is no message": [
      "write('Hello world\\n')",
      'expected one JSON object per line, got "Hello world"',
    ],
    "a message of the wrong shape": [
      "say({ type: 'returned' })",
      'expected a message of the protocol, got "{\\"type\\":\\"returned\\"}": ✖ Invalid input → at value',
    ],
    "half a line and death": [
      "process.stdout.write('{\"type\"', () => process.exit(1))",
      'expected every line to end with a newline, got the end of stdout after "{\\"type\\""; write the newline and flush before exiting',
    ],
    "bytes that are not UTF-8": [
      "write(Buffer.from([0xff, 0x0a]))",
      'expected UTF-8 on stdout, got bytes that are not in "\ufffd"; write every line as UTF-8',
    ],
    "a line that is too long": [
      "write('x'.repeat(2 ** 20 + 1) + '\\n')",
      `expected lines of at most 1048576 bytes, got a longer one that starts with "${"x".repeat(60)}"; send less at once`,
    ],
    "hello again": [
      "say(hello())",
      "expected no hello, got one: it was said before; send each message only in its turn",
    ],
    "opened again": [
      "opened()",
      "expected no opened, got one: it was said before; send each message only in its turn",
    ],
    "closed unasked": [
      "closed()",
      "expected no closed, got one: close was not sent; send each message only in its turn",
    ],
    "died without forks": [
      "say({ type: 'died', code: 1, signal: null })",
      "expected no died, got one: sessions of this adapter have no process of their own; send each message only in its turn",
    ],
    "two answers": [
      "returned(); returned()",
      "expected no returned, got one: nothing was asked; send each message only in its turn",
    ],
  } as const;
  for (const [what, [script, message]] of Object.entries(violations)) {
    it(`breaks when the adapter says ${what}`, async () => {
      await withAdapter(
        thatDoes(
          `say(hello()); answer({ open: opened, call: () => { ${script} }, close: closed })`,
        ),
        async (adapter) => {
          const session = await adapter.open();
          session.onMessage(() => undefined);

          session.send({ type: "call", op: "x" });

          expect(await session.broken).to.deep.equal({ kind: "protocol-error", message });
          expect((await failureOf(session.close(), SessionBroken)).message).to.equal(message);
          await session.abandon();
          await expectGone(session.pid);
        },
      );
    });
  }

  it("does not close while the adapter says something else", async () => {
    await withAdapter(
      thatDoes(
        "say(hello()); answer({ open: opened, close: () => say({ type: 'step', puppet: 1, activation: 1, outcome: { started: [] } }) })",
      ),
      async (adapter) => {
        const session = await adapter.open();
        session.onMessage(() => undefined);

        expect((await failureOf(session.close(), SessionBroken)).message).to.equal(
          "expected no step, got one: closed is due; send each message only in its turn",
        );
      },
    );
  });

  it("does not wait for closed for ever", async () => {
    await withAdapter(
      thatDoes("say(hello()); answer({ open: opened })"),
      async (adapter) => {
        const session = await adapter.open();

        expect((await failureOf(session.close(), SessionBroken)).message).to.equal(
          "expected closed within 0.5 s of close, got silence; end the session even where the subject left something behind",
        );
      },
      { timeoutMultiplier: 0.1 },
    );
  });

  it("says where a hung Python is", async () => {
    const python = "subject: { ...hello().subject, language: 'CPython 3.13.0' }";
    await withAdapter(
      thatDoes(
        `process.on('SIGUSR1', () => console.error('Thread 1: in run')); say(hello({ ${python} })); answer({ open: opened })`,
      ),
      async (adapter) => {
        expect(await (await adapter.open()).stackDump()).to.equal("Thread 1: in run\n");
      },
    );
  });

  it("has no stack dump of anything else", async () => {
    await withAdapter(good("shared"), async (adapter) => {
      expect(await (await adapter.open()).stackDump()).to.equal("");
    });
  });
});
