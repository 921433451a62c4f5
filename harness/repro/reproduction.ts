import type { SubjectSpec } from "../subject-spec";
import type { TestResult } from "../judge/statement";
import type { AdapterCommand } from "../session/command";
import type { Program, Told } from "./program";
import { pythonPlug } from "./python/plug";
import { pythonProgram } from "./python/python";
import { storyOf } from "./teller";
import { nodePlug } from "./typescript/plug";
import { typescriptProgram } from "./typescript/typescript";

/** A program that shows a verdict without the harness, and how to run it. */
export interface Reproduction extends Program {
  readonly interpreter: string;
  readonly flags: readonly string[];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What to call its file. */
  readonly fileName: string;
}

/** Whether `reproduction` can write the language of a subject. */
export const isReproducible = ({ command }: SubjectSpec): boolean =>
  writerFor(command) !== undefined;

/** Turns a judged test into a program in the subject's own language. Throws where it cannot write that. */
export function reproduction(
  subject: SubjectSpec,
  judged: Pick<TestResult, "test" | "verdict" | "transcript">,
): Reproduction {
  const write = writerFor(subject.command);
  if (write === undefined) {
    throw new Error(`expected a subject of the Python or Node adapter, got ${subject.name}`);
  }
  const { transcript, test, verdict } = withoutNonces({
    transcript: judged.transcript,
    test: { title: judged.test.title, requirement: judged.test.requirement },
    verdict: judged.verdict,
  });
  const { env = {} } = subject.command;
  return {
    ...write({
      requirement: test.requirement,
      sentence: test.title.slice(test.requirement.id.length + 2),
      subject: subject.name,
      env,
      story: storyOf(transcript),
      verdict,
    }),
    env,
  };
}

type Write = (told: Told) => Omit<Reproduction, "env">;

/** Writes programs for the subject that a command starts; undefined where nobody knows its language. */
function writerFor(command: AdapterCommand): Write | undefined {
  const python = pythonPlug(command);
  if (python !== undefined) {
    const { interpreter, flags } = python;
    const run = { interpreter, flags, fileName: "repro.py" };
    return (told) => ({ ...pythonProgram(told, python), ...run });
  }
  const node = nodePlug(command);
  if (node === undefined) return undefined;
  const run = { interpreter: node.interpreter, flags: [], fileName: "repro.mjs" };
  return (told) => ({ ...typescriptProgram(told, node), ...run });
}

/** The same with short texts in place of those nobody can guess, numbered as they appear. */
function withoutNonces<Judged extends object>(judged: Judged): Judged {
  const nonces: string[] = [];
  const shortened = JSON.stringify(judged).replace(
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    (nonce) => {
      if (!nonces.includes(nonce)) nonces.push(nonce);
      return `nonce-${nonces.indexOf(nonce) + 1}`;
    },
  );
  return JSON.parse(shortened) as Judged;
}
