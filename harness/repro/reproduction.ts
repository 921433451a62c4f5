import type { TestResult } from "../judge/statement";
import type { SubjectSpec } from "../cli/subjects/spec";
import { pythonPlug } from "./python/plug";
import { pythonProgram } from "./python/python";
import type { Program } from "./program";
import { storyOf } from "./story";

/** A program that shows a verdict without the harness, and how to run it. */
export interface Reproduction extends Program {
  readonly interpreter: string;
  readonly flags: readonly string[];
}

/** Whether `reproduction` can write the language of a subject. */
export const isReproducible = ({ command }: SubjectSpec): boolean =>
  pythonPlug(command) !== undefined;

/** Turns a judged test into a program in the subject's own language. Throws where it cannot write that. */
export function reproduction(
  subject: SubjectSpec,
  judged: Pick<TestResult, "test" | "verdict" | "transcript">,
): Reproduction {
  const plug = pythonPlug(subject.command);
  if (plug === undefined) {
    throw new Error(`expected a subject of the Python adapter, got ${subject.name}`);
  }
  const { transcript, test, verdict } = withoutNonces({
    transcript: judged.transcript,
    test: { title: judged.test.title, requirement: judged.test.requirement },
    verdict: judged.verdict,
  });
  const told = {
    requirement: test.requirement,
    sentence: test.title.slice(test.requirement.id.length + 2),
    subject: subject.name,
    story: storyOf(transcript),
    verdict,
  };
  return { ...pythonProgram(told, plug), interpreter: plug.interpreter, flags: plug.flags };
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
