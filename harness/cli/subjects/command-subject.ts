import { UsageError } from "../../usage-error";
import type { SubjectKind } from "./parse";

/** `command:PROGRAM ARGUMENTS`: an adapter of somebody else's. Words may be quoted; no shell is involved. */
export const commandSubject: SubjectKind = (rest, base) => {
  const [command, ...args] = words(rest);
  if (command === undefined) {
    throw new UsageError(
      "expected a program after command:, got nothing; write for instance 'command:./adapter --flag'",
    );
  }
  return { command: { command, args, cwd: base } };
};

function words(line: string): readonly string[] {
  const found: string[] = [];
  const word = /\s*((?:"[^"]*"|'[^']*'|[^\s"'])+)\s*/gy;
  for (let match = word.exec(line); match !== null; match = word.exec(line)) {
    found.push((match[1] ?? "").replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
    if (word.lastIndex === line.length) return found;
  }
  if (line.trim() === "") return found;
  throw new UsageError(`expected every quote to be closed, got ${JSON.stringify(line)}`);
}
