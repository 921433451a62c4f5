import { wrapped } from "../../report/layout";
import type { Evidence } from "../evidence";
import { commandLine, opsOf, partsOf, type Program, type PuppetPart, type Told } from "../program";
import { seenNames, type BodyLines, type Setting } from "../setting";
import type { Story } from "../story";
import { conclusion } from "./conclusion";
import { helpers, type HelperName } from "./helpers";
import { indented, pythonLanguage } from "./language";
import { plugLines, type Plug } from "./plug";

const reserved =
  "run Runner main_module asyncio signal os sys time inspect warnings threading subprocess contextvars concurrent collections faulthandler gc conclude script seen given args kwargs error found events known Policy NOTHING type list print";

/** A Python program that does what the puppets of a story did, without a harness. */
export function pythonProgram(told: Told, plug: Plug): Program {
  const { story, verdict } = told;
  const names = [...reserved.split(" "), ...Object.keys(helpers)];
  const parts = partsOf(told, pythonLanguage(plug.callsFunction), names);
  const { setting, needs, script, puppets, recorded } = parts;
  const { evidence, cast } = setting;
  const used = new Set(
    [...needs.helpers].flatMap((name) => helpers[name as HelperName].imports as readonly string[]),
  );
  const body = [
    ...plugSection(plug, story),
    ...helperSection(needs.helpers),
    ...declarations(setting),
    ...puppets.flatMap((puppet) => puppetLines(puppet, evidence)),
    ...["", "", "def script():", ...indented(suite(script)), "", ""],
    ...conclusion({ evidence, verdict, cast, recorded }),
    "",
  ];
  const source = [
    ...[...heading(told, plug), ""],
    ...[...importLines(body, used), ...afterImports(story)],
    ...body,
  ].join("\n");
  return { source, missing: needs.missing, shows: evidence.kind };
}

/** The lines inside a function. */
function suite({ lines, shared }: BodyLines): readonly string[] {
  const all = lines.length === 0 ? ["pass"] : lines;
  return shared.length === 0 ? all : [`global ${shared.join(", ")}`, ...all];
}

function heading(told: Told, plug: Plug): readonly string[] {
  const { requirement, sentence, subject } = told;
  const inText = (line: string) => line.replaceAll("\\", "\\\\").replaceAll('"""', "'''");
  const flags = plug.flags.map((flag) => ` ${flag}`).join("");
  return [
    `"""${requirement.id}`,
    "",
    ...wrapped(requirement.text, 96),
    "",
    ...wrapped(`Here: ${sentence}.`, 96),
    "",
    `Seen with ${inText(subject)}`,
    `Run it:   ${inText(commandLine(told, `python3${flags} repro.py`))}`,
    "It exits with 1 when it shows the failure, and with 0 when it does not.",
    '"""',
  ];
}

/** Imports of what the lines use, beside those somebody asked for. */
function importLines(lines: readonly string[], asked: ReadonlySet<string>): readonly string[] {
  const source = lines.join("\n");
  const known = [
    ...["asyncio", "contextvars", "faulthandler", "gc", "inspect", "os", "re", "signal"],
    ...["subprocess", "sys", "threading", "time", "warnings"],
  ];
  const always = new Set(["asyncio", "gc", "os", "signal", "sys", ...asked]);
  const used = known.filter(
    (module) => always.has(module) || new RegExp(`\\b${module}\\.`).test(source),
  );
  const dotted = [
    ...(asked.has("collections.abc") ? ["collections.abc"] : []),
    ...(source.includes("concurrent.futures.") ? ["concurrent.futures"] : []),
  ];
  return [...used, ...dotted].sort().map((module) => `import ${module}`);
}

function afterImports({ globalDebug }: Story): readonly string[] {
  return [
    "",
    "gc.disable()  # So that nothing is finalized at a random moment.",
    "signal.signal(signal.SIGINT, signal.default_int_handler)  # As in a terminal.",
    ...(globalDebug === "environment" ? ['os.environ["PYTHONASYNCIODEBUG"] = "1"'] : []),
    ...(globalDebug === "dev-mode"
      ? [
          "if not sys.flags.dev_mode:",
          '    os.execv(sys.executable, [sys.executable, "-X", "dev"] + sys.argv)',
        ]
      : []),
  ];
}

function plugSection(plug: Plug, story: Story): readonly string[] {
  const ops = opsOf(story);
  return [
    "",
    "# What is judged; put another implementation here to compare.",
    ...plugLines(plug, { run: ops.has("asyncio.run"), runner: ops.has("asyncio.Runner") }),
  ];
}

const helperSection = (needed: ReadonlySet<string>): readonly string[] =>
  Object.entries(helpers)
    .filter(([name]) => needed.has(name))
    .flatMap(([, { lines }]) => ["", "", ...lines.trim().split("\n")]);

function declarations(setting: Setting): readonly string[] {
  const names = seenNames(setting);
  return names.length === 0 ? [] : ["", "NOTHING = object()", `${names.join(" = ")} = NOTHING`];
}

/** The function or class of a puppet. */
function puppetLines({ kind, name, calls }: PuppetPart, evidence: Evidence): readonly string[] {
  const asynchronous = kind === "function" ? "" : "async ";
  const define = (as: string, call: Call | undefined, takesArgs: boolean) => [
    ...["", "", `${asynchronous}def ${as}(${takesArgs ? "*args, **kwargs" : ""}):`],
    ...indented([
      ...(call === undefined ? untouched(name, evidence) : suite(call.body)),
      ...(kind === "async-generator" ? generating(call) : []),
    ]),
  ];
  const isFunction = kind === "function" || kind === "coroutine-function";
  const [first] = calls;
  if (calls.length < 2) return define(name, first, isFunction && first?.who.args.length !== 0);
  const parts = calls.map((_, index) => `${name}_call_${index + 1}`);
  return [
    ...calls.flatMap((call, index) => define(parts[index] ?? name, call, call.who.args.length > 0)),
    ...["", "", `${name}_calls = [${parts.join(", ")}]`, "", ""],
    `def ${name}(*args, **kwargs):`,
    `    call = ${name}_calls.pop(0) if len(${name}_calls) > 1 else ${name}_calls[0]`,
    "    return call(*args, **kwargs)",
  ];
}

type Call = PuppetPart["calls"][number];

/** The body of a puppet that never ran. */
const untouched = (name: string, { kind }: Evidence): readonly string[] =>
  kind === "trace" ? [`saw("${name} starts")`] : ["pass"];

/** What makes a function a generator, where its body never yields. */
const generating = (call: Call | undefined): readonly string[] =>
  call?.who.actions.some(({ does }) => does.type === "yield") === true ? [] : ["return", "yield"];
