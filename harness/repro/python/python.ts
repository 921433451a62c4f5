import type { Requirement } from "../../../spec/requirement";
import { wrapped } from "../../report/layout";
import type { Verdict } from "../../judge/verdict";
import { Cast } from "../cast";
import { evidenceOf, type Evidence } from "../evidence";
import type { Shown } from "../shown";
import type { Activation, Story } from "../story";
import { bodyLines, Needs, seenName, type Setting } from "./bodies";
import { conclusion } from "./conclusion";
import { helpers, type HelperName } from "./helpers";
import { notesOf } from "./notes";
import { plugLines, type Plug } from "./plug";

/** What a program is made from. */
export interface Told {
  readonly requirement: Requirement;
  /** The sentence of the test. */
  readonly sentence: string;
  /** What to write to get the subject again. */
  readonly subject: string;
  readonly story: Story;
  readonly verdict: Verdict;
}

/** A program, and what it does not do. */
export interface PythonProgram {
  readonly source: string;
  /** What the puppets did that has no translation; empty for a complete program. */
  readonly missing: readonly string[];
  readonly shows: Evidence["kind"];
}

const reserved =
  "run Runner main_module asyncio signal os sys time inspect warnings threading subprocess contextvars concurrent collections faulthandler gc conclude script seen given args kwargs error found events known Policy NOTHING type list print";

/** A Python program that does what the puppets of a story did, without a harness. */
export function pythonProgram(told: Told, plug: Plug): PythonProgram {
  const { story, verdict } = told;
  const cast = new Cast(story, [...reserved.split(" "), ...Object.keys(helpers)]);
  const evidence = knownEvidence(evidenceOf(story, verdict), cast);
  const setting: Setting = {
    ...{ story, cast, evidence, callsFunction: plug.callsFunction },
    concludes: concludingOf(story, verdict),
    remembered: rememberedBy(evidence),
  };
  const needs = new Needs();
  const script = bodyLines(story.script, setting, needs);
  const bodies = [...story.puppets.keys()].flatMap((puppet) => puppetLines(puppet, setting, needs));
  const nameOf = ({ puppet }: Activation) =>
    puppet === undefined ? "script" : (cast.bodies.get(puppet) ?? "puppet");
  if (evidence.kind === "trace") needs.helpers.add("saw");
  const recorded = notesOf(story, nameOf, needs.labels);
  const ending = conclusion({ evidence, verdict, cast, recorded });
  const used = new Set(
    [...needs.helpers].flatMap((name) => helpers[name].imports as readonly string[]),
  );
  const body = [
    ...plugSection(plug, story),
    ...helperSection(needs.helpers),
    ...declarations(evidence),
    ...bodies,
    "",
    "",
    "def script():",
    ...indented(script),
    "",
    "",
    ...ending,
    "",
  ];
  const source = [
    ...heading(told, plug),
    "",
    ...importLines(body, used),
    ...afterImports(story),
    ...body,
  ].join("\n");
  return { source, missing: needs.missing, shows: evidence.kind };
}

/** Evidence whose expectation a program can name; a trace otherwise. */
function knownEvidence(evidence: Evidence, cast: Cast): Evidence {
  if (evidence.kind !== "values") return evidence;
  const { failsWhen } = evidence;
  const shown =
    failsWhen.type === "differs"
      ? failsWhen.from
      : failsWhen.type === "equals"
        ? failsWhen.value
        : undefined;
  const isKnown = (part: Shown): boolean =>
    part.type === "list"
      ? part.items.every(isKnown)
      : part.type === "reference"
        ? cast.things.has(part.ref)
        : part.type === "puppet"
          ? cast.bodies.has(part.puppet)
          : true;
  return shown === undefined || isKnown(shown) ? evidence : { kind: "trace" };
}

function rememberedBy(evidence: Evidence): Setting["remembered"] {
  const [refs, puppets] = [new Set<number>(), new Set<number>()];
  const note = (shown: Shown): void => {
    if (shown.type === "reference") refs.add(shown.ref);
    else if (shown.type === "puppet") puppets.add(shown.puppet);
    else if (shown.type === "list") shown.items.forEach(note);
  };
  if (evidence.kind === "values" && evidence.failsWhen.type === "differs")
    note(evidence.failsWhen.from);
  if (evidence.kind === "values" && evidence.failsWhen.type === "equals")
    note(evidence.failsWhen.value);
  return { refs, puppets };
}

/** Whoever had the floor when the test ended; of a tight loop nothing ended, whoever was in it. */
function concludingOf(story: Story, verdict: Verdict): Activation | undefined {
  if (verdict.outcome === "timeout" || verdict.outcome === "crash") return undefined;
  if (story.last !== undefined) return story.last;
  return story.activations.find(({ actions }) => {
    const latest = actions.at(-1);
    return latest?.does.type === "spin" && latest.outcome === undefined;
  });
}

function heading({ requirement, sentence, subject }: Told, plug: Plug): readonly string[] {
  const flags = plug.flags.map((flag) => ` ${flag}`).join("");
  return [
    `"""${requirement.id}`,
    "",
    ...wrapped(requirement.text, 96),
    "",
    ...wrapped(`Here: ${sentence}.`, 96),
    "",
    `Seen with ${subject.replaceAll("\\", "\\\\").replaceAll('"""', "'''")}`,
    `Run it:   python3${flags} repro.py`,
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

function plugSection(plug: Plug, { events }: Story): readonly string[] {
  const ops = new Set(
    events.flatMap((event) =>
      event.type === "begin" && event.action.does.type === "call" ? [event.action.does.op] : [],
    ),
  );
  return [
    "",
    "# What is judged; put another implementation here to compare.",
    ...plugLines(plug, { run: ops.has("asyncio.run"), runner: ops.has("asyncio.Runner") }),
  ];
}

const helperSection = (needed: ReadonlySet<HelperName>): readonly string[] =>
  Object.entries(helpers)
    .filter(([name]) => needed.has(name as HelperName))
    .flatMap(([, { lines }]) => ["", "", ...lines.trim().split("\n")]);

function declarations(evidence: Evidence): readonly string[] {
  if (evidence.kind !== "values") return [];
  const names = evidence.actions.map((action) => seenName(evidence, action) ?? "seen");
  return ["", "NOTHING = object()", `${[...new Set(names)].join(" = ")} = NOTHING`];
}

/** The function or class of a puppet. */
function puppetLines(puppet: number, setting: Setting, needs: Needs): readonly string[] {
  const { story, cast } = setting;
  const kind = story.puppets.get(puppet) ?? "function";
  const name = cast.bodies.get(puppet) ?? "puppet";
  const all = story.activations.filter((it) => it.puppet === puppet);
  const asynchronous = kind === "function" ? "" : "async ";
  const define = (as: string, who: Activation | undefined, takesArgs: boolean) => [
    "",
    "",
    `${asynchronous}def ${as}(${takesArgs ? "*args, **kwargs" : ""}):`,
    ...indented([
      ...(who === undefined ? untouched(name, setting) : bodyLines(who, setting, needs)),
      ...(kind === "async-generator" ? generating(who) : []),
    ]),
  ];
  const isFunction = kind === "function" || kind === "coroutine-function";
  if (all.length < 2) {
    const [only] = all;
    return define(name, only, isFunction && only?.args.length !== 0);
  }
  const parts = all.map((_, index) => `${name}_call_${index + 1}`);
  return [
    ...all.flatMap((who, index) => define(parts[index] ?? name, who, who.args.length > 0)),
    ...["", "", `${name}_calls = [${parts.join(", ")}]`, "", ""],
    `def ${name}(*args, **kwargs):`,
    `    call = ${name}_calls.pop(0) if len(${name}_calls) > 1 else ${name}_calls[0]`,
    "    return call(*args, **kwargs)",
  ];
}

/** The body of a puppet that never ran. */
const untouched = (name: string, { evidence }: Setting): readonly string[] =>
  evidence.kind === "trace" ? [`saw("${name} starts")`] : ["pass"];

/** What makes a function a generator, where its body never yields. */
const generating = (who: Activation | undefined): readonly string[] =>
  who?.actions.some(({ does }) => does.type === "yield") === true ? [] : ["return", "yield"];

const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === "" ? line : `    ${line}`));
