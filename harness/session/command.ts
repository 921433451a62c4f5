/** How an adapter is started. No shell is involved. */
export interface AdapterCommand {
  /** A program: a path, or a name that is looked up in PATH. */
  readonly command: string;
  readonly args: readonly string[];
  /** Variables added to the environment, after the removal of `verdictVariables`. Absent means none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Absent means the harness's own directory. */
  readonly cwd?: string;
  /**
   * The program calls setpgid(0, 0) before it says hello. Absent means it does not, and is started in a session of its
   * own. That is correct but slow on a busy Linux, which schedules sessions against each other (autogroup): with both
   * cores busy a round trip took 350 to 450 µs instead of 50 to 200.
   */
  readonly leadsOwnGroup?: boolean;
}

/** Variables of the caller's shell that would change what a subject does, and with it the verdicts. */
export const verdictVariables = [
  "ASYNCIO_DEBUG",
  "PYTHONASYNCIODEBUG",
  "PYTHONBREAKPOINT",
  "PYTHONDEBUG",
  "PYTHONDEVMODE",
  "PYTHONFAULTHANDLER",
  "PYTHONHASHSEED",
  "PYTHONINSPECT",
  "PYTHONIOENCODING",
  "PYTHONMALLOC",
  "PYTHONOPTIMIZE",
  "PYTHONPROFILEIMPORTTIME",
  "PYTHONSTARTUP",
  "PYTHONTRACEMALLOC",
  "PYTHONVERBOSE",
  "PYTHONWARNINGS",
  "PYTHON_CONTEXT_AWARE_WARNINGS",
  "PYTHON_GIL",
  "PYTHON_THREAD_INHERIT_CONTEXT",
  "NODE_OPTIONS",
  "NODE_DEBUG",
] as const;

/** The environment an adapter is started in: the harness's own, cleaned, plus the additions of the command. */
export function environmentFor(command: AdapterCommand): NodeJS.ProcessEnv {
  const inherited = { ...process.env };
  for (const name of verdictVariables) Reflect.deleteProperty(inherited, name);
  return { ...inherited, ...command.env };
}

/** The command as a reader would type it, shortened. */
export function commandLine({ command, args }: AdapterCommand): string {
  const line = [command, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(" ");
  return line.length <= 160 ? line : `${line.slice(0, 159)}…`;
}
