import type { AdapterCommand } from "../../session/command";

/** How a Python program gets hold of what is judged. */
export interface Plug {
  readonly interpreter: string;
  readonly flags: readonly string[];
  readonly path: readonly string[];
  readonly setup: string | undefined;
  /** `MODULE:NAME`, or undefined for what the adapter takes by itself. */
  readonly run: string | undefined;
  readonly runner: string | undefined;
  readonly loopFactory: string | undefined;
  /** Whether `run` is called with a function instead of a coroutine. */
  readonly callsFunction: boolean;
}

/** The plug of a subject that the Python adapter drives; undefined for any other. */
export function pythonPlug({ command, args }: AdapterCommand): Plug | undefined {
  const at = args.findIndex((arg) => /[\\/]adapters[\\/]python[\\/]adapter\.py$/.test(arg));
  if (at === -1) return undefined;
  const options = args.slice(at + 1);
  const all = (name: string) => options.filter((_, index) => options[index - 1] === name);
  const [one] = [(name: string) => all(name).at(-1)];
  const entryPoint = (name: string) => (one(name) === "none" ? undefined : one(name));
  return {
    interpreter: command,
    flags: args.slice(0, at),
    path: all("--path"),
    setup: one("--setup"),
    run: entryPoint("--run"),
    runner: entryPoint("--runner"),
    loopFactory: entryPoint("--loop-factory"),
    callsFunction: one("--call-style") === "function",
  };
}

/** The lines that make `run` and `Runner` the ones of the subject; only those that are used. */
export function plugLines(plug: Plug, used: { run: boolean; runner: boolean }): readonly string[] {
  const imported = [plug.run, plug.runner, plug.loopFactory]
    .filter((name) => name !== undefined)
    .map((name) => name.slice(0, name.indexOf(":")));
  return [
    ...(plug.path.length === 0 ? [] : [`sys.path[:0] = ${JSON.stringify(plug.path)}`]),
    ...(plug.setup === undefined ? [] : [`import ${plug.setup}`]),
    ...[...new Set(imported)].filter((it) => it !== "asyncio").map((module) => `import ${module}`),
    ...(used.run ? [`run = ${dotted(plug.run) ?? "asyncio.run"}`] : []),
    ...(used.runner ? [`Runner = ${dotted(plug.runner) ?? "asyncio.Runner"}`] : []),
    ...(plug.loopFactory === undefined ? [] : policyLines(dotted(plug.loopFactory) ?? "")),
  ];
}

const dotted = (name: string | undefined): string | undefined => name?.replace(":", ".");

const policyLines = (factory: string): readonly string[] => [
  "",
  "",
  "class Policy(asyncio.DefaultEventLoopPolicy):",
  '    """Makes asyncio.new_event_loop() give the loops that are judged."""',
  "",
  "    def new_event_loop(self):",
  `        return ${factory}()`,
  "",
  "",
  "asyncio.set_event_loop_policy(Policy())",
];
