import type { Action, Doing } from "./story";

/** An action that is still being told. */
type Growing = { -readonly [Key in keyof Action]: Action[Key] };

/**
 * Tests ask for the state of a job again and again, with a short sleep in between, until it is another one; how often
 * says nothing. Takes all but the last question out of `actions`, and gives those.
 */
export function withoutRepetition(actions: Growing[]): readonly Action[] {
  const gone: Action[] = [];
  for (let at = 0; at < actions.length;) {
    const again = actions[at + 3];
    if (again === undefined || !isRepeated(actions.slice(at, at + 4))) {
      at += 1;
      continue;
    }
    const [question, ...meanwhile] = actions.splice(at, 3);
    again.meanwhile = meanwhile;
    if (question !== undefined) gone.push(question, ...meanwhile);
  }
  return gone;
}

function isRepeated([asked, sleep, pause, again]: readonly Action[]): boolean {
  return (
    isCall(asked?.does, "job.state") &&
    isCall(sleep?.does, "asyncio.sleep") &&
    pause?.does.type === "await" &&
    JSON.stringify(asked?.does) === JSON.stringify(again?.does)
  );
}

const isCall = (does: Doing | undefined, op: string): boolean =>
  does?.type === "call" && does.op === op;
