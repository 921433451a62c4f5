/** Where words go: the report to stdout, the narration to stderr. */
export interface Output {
  /** A part of the report. */
  print(text: string): void;
  /** What is going on; never part of the report. */
  narrate(text: string): void;
  /** Replaces the last line of narration; only on a terminal. */
  readonly rewrite: ((line: string) => void) | undefined;
  readonly colour: boolean;
  /** Columns of the report. */
  readonly width: number;
}

/** The output of this process. Colours and rewritten lines only on a terminal that wants them. */
export function processOutput({ stdout, stderr, env } = process): Output {
  const lively = stderr.isTTY && env["CI"] === undefined && env["TERM"] !== "dumb";
  return {
    print: (text) => void stdout.write(`${text}\n`),
    narrate: (text) => void stderr.write(`${text}\n`),
    rewrite: lively ? (line) => void stderr.write(`\r\x1b[K${line}`) : undefined,
    colour: wantsColour(stdout.isTTY, env),
    width: Math.min(stdout.isTTY ? stdout.columns : 100, 120),
  };
}

function wantsColour(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  if (env["FORCE_COLOR"] !== undefined) return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}
