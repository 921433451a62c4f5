import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { Adapter, type AdapterOptions } from "./adapter";
import { commandLine, type AdapterCommand } from "./command";
import { AdapterError, NoHandshake, NotStarted } from "./errors";
import { failureOf, thatDoes, withAdapter } from "./fixtures/adapters";

/** Short enough to wait for in a test. */
const impatient = { timeoutMultiplier: 0.02 };

/** The code and the sentence a start fails with; `%` stands for the command line. */
async function failureToStart(
  command: AdapterCommand,
  kind: typeof AdapterError,
  options: AdapterOptions = {},
): Promise<[string, string]> {
  const error = await failureOf(Adapter.start(command, options), kind);
  return [error.code, error.message.replace(commandLine(command), "%")];
}

const printed = "stdout belongs to the protocol, print to stderr";

describe("an adapter that does not start", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "launch-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is not found", async () => {
    expect(await failureToStart({ command: "no-such-python", args: [] }, NotStarted)).to.deep.equal(
      [
        "not-found",
        'expected to start %, got no program "no-such-python"; check the name and the PATH',
      ],
    );
  });

  it("has no directory to run in", async () => {
    const command = { command: "node", args: [], cwd: "/no/such/directory" };

    expect(await failureToStart(command, NotStarted)).to.deep.equal([
      "no-such-directory",
      'expected to start %, got no directory "/no/such/directory"; create it or name another',
    ]);
  });

  it("is not executable", async () => {
    const file = join(folder, "adapter");
    writeFileSync(file, "say hello");

    expect(await failureToStart({ command: file, args: [] }, NotStarted)).to.deep.equal([
      "not-executable",
      "expected to start %, got a file that is not a program (EACCES); name its interpreter first, or make it executable",
    ]);
  });

  it("names an interpreter that is not there", async () => {
    const file = join(folder, "shebang");
    writeFileSync(file, "#!/no/such/python\n");
    chmodSync(file, 0o755);

    expect(await failureToStart({ command: file, args: [] }, NotStarted)).to.deep.equal([
      "not-executable",
      "expected to start %, got a first line that names no program; correct its #! line",
    ]);
  });

  it("has a name the system cannot take", async () => {
    const [code, message] = await failureToStart({ command: "a\0b", args: [] }, NotStarted);

    expect(code).to.equal("not-started");
    expect(message).to.match(/^expected to start .*, got .*null bytes.*; remove what/);
  });
});

describe("an adapter that does not say hello", () => {
  const wrongs = {
    "dies silently": [
      "process.exit(7)",
      "died-before-hello",
      "expected % to say hello, got exit code 7; run it by hand to see why",
    ],
    "dies with words on stderr": [
      "throw new Error('no such module')",
      "died-before-hello",
      "expected % to say hello, got exit code 1; its stderr says why",
    ],
    "dies by a signal": [
      "dieBy('SIGSEGV')",
      "died-before-hello",
      "expected % to say hello, got death by SIGSEGV; run it by hand to see why",
    ],
    "gives a reason": [
      "process.stderr.write('no module named uvloop\\n', () => process.exit(3))",
      "refused",
      "no module named uvloop\n(% gave this reason not to start)",
    ],
    "gives a reason after a traceback": [
      "process.stderr.write('Traceback:\\n  File x\\nno module named uvloop\\n', () => process.exit(3))",
      "refused",
      "no module named uvloop\n(% gave this reason not to start)",
    ],
    "prints something": [
      "write('Python 3.13\\n'); liveOn()",
      "not-hello",
      `expected % to say hello in its first line, but expected one JSON object per line, got "Python 3.13"; ${printed}`,
    ],
    "says another message": [
      "closed(); liveOn()",
      "not-hello",
      `expected % to say hello in its first line, but got "{\\"type\\":\\"closed\\"}"; ${printed}`,
    ],
    "speaks another protocol": [
      "say({ type: 'hello', protocol: 2, new: true }); liveOn()",
      "wrong-protocol",
      "expected % to speak protocol 1, got 2; use a matching version of the adapter or of this harness",
    ],
    "says half of it": [
      "write('{\"type\":')",
      "not-hello",
      `expected % to say hello in its first line, but expected every line to end with a newline, got the end of stdout after "{\\"type\\":"; write the newline and flush before exiting; ${printed}`,
    ],
    "starts with a byte order mark": [
      "write('\\ufeff{}\\n'); liveOn()",
      "not-hello",
      `expected % to say hello in its first line, but expected UTF-8 without a byte order mark, got one before "{}"; write plain UTF-8; ${printed}`,
    ],
    "closes stdout but lives": [
      "require('node:fs').closeSync(1); liveOn()",
      "not-hello",
      `expected % to say hello in its first line, but expected stdout to stay open while the adapter runs, got its end; keep the descriptor of the protocol open; ${printed}`,
    ],
    hangs: [
      "liveOn()",
      "no-hello",
      "expected % to say hello within 0.4 s, got silence; flush after writing it, or allow more with --timeout-multiplier",
    ],
  } as const;
  for (const [does, [script, code, message]] of Object.entries(wrongs)) {
    it(does, async () => {
      const options = code === "no-hello" ? impatient : {};

      const failure = await failureToStart(thatDoes(script), NoHandshake, options);

      expect(failure).to.deep.equal([code, message]);
    });
  }

  it("shows what it wrote on stderr", async () => {
    const error = await failureOf(
      Adapter.start(thatDoes("console.error('because'); process.exit(1)")),
      AdapterError,
    );

    expect(error.stderr).to.equal("because\n");
  });
});

describe("an adapter that says hello", () => {
  const rights = {
    late: "setTimeout(() => say(hello()), 300)",
    "with carriage returns and blank lines": "write('\\n' + JSON.stringify(hello()) + '\\r\\n')",
    "in two halves":
      "const text = JSON.stringify(hello()); write(text.slice(0, 20)); setTimeout(() => write(text.slice(20) + '\\n'), 50)",
    "through a flood on stderr": "process.stderr.write('x'.repeat(5e6)); say(hello())",
  };
  for (const [how, script] of Object.entries(rights)) {
    it(`${how} is understood`, async () => {
      await withAdapter(
        thatDoes(`${script}; answer({ open: opened, close: closed })`),
        async (adapter) => {
          const session = await adapter.open();

          expect(adapter.hello.subject.name).to.equal("Fixture");
          expect(await session.close()).to.deep.equal([]);
        },
      );
    });
  }
});
