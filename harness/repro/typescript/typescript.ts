import { wrapped } from "../../report/layout";
import { evidenceOf, type Evidence } from "../evidence";
import {
  commandLine,
  opsOf,
  partsOf,
  type Parts,
  type Program,
  type PuppetPart,
  type Told,
} from "../program";
import { seenNames, type BodyLines } from "../setting";
import { brought } from "./brought";
import { conclusion } from "./conclusion";
import { allNeeded, helpers } from "./helpers";
import { importLines, imports } from "./imports";
import { typescriptLanguage } from "./language";
import { indented, text } from "./literals";
import { loading, registering, type Plug } from "./plug";

const reserved =
  "start script subject common nothing seen given error found events conclude threadBodies process console reached failed failing " +
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield";

/** A JavaScript program that does what the puppets of a story did, without a harness. */
export function typescriptProgram(told: Told, plug: Plug): Program {
  const names = [...reserved.split(" "), ...imports, ...Object.keys(helpers), "setSignal", "obey"];
  const parts = partsOf(told, typescriptLanguage, names, evidenceIn(told));
  const { needs, script, puppets } = parts;
  const ops = opsOf(told.story);
  const threads = ops.has("threading.run");
  const ending = conclusion(parts, told.verdict, startLines(told));
  const kinds = puppets.some(({ kind }) => kind === "function") ? ["plainFunction"] : [];
  const body = [
    ...plugLines(plug),
    ...declarations(parts),
    ...puppets.flatMap((puppet) => puppetLines(puppet, parts.setting.evidence)),
    ...["", "async function script() {", ...indented(script.lines), "}", ""],
    "// That was what was done. The rest drives the subject by its description, and tells what came out.",
    ...commonLines(ops),
    ...allNeeded([...needs.helpers, ...ending.helpers, ...kinds]).flatMap((name) => [
      "",
      ...helpers[name].lines.trim().split("\n"),
    ]),
    "",
    ...ending.lines,
    ...(threads ? threadLines(puppets) : ["if (isMainThread) void start();"]),
    "",
  ];
  const source = [
    ...heading(told),
    ...importLines(body, plug.module),
    ...registering(plug.module),
    ...body,
  ].join("\n");
  return { source, missing: needs.missing, shows: parts.setting.evidence.kind };
}

/** What happens in a thread is told by notes only. */
function evidenceIn({ story, verdict }: Told): Evidence {
  const evidence = evidenceOf(story, verdict);
  const isSplit = evidence.kind === "values" && opsOf(story).has("threading.run");
  return isSplit ? { kind: "trace" } : evidence;
}

const heading = (told: Told): readonly string[] => [
  "/*",
  ...[
    told.requirement.id,
    "",
    ...wrapped(told.requirement.text, 96),
    "",
    ...wrapped(`Here: ${told.sentence}.`, 96),
    "",
    `Seen with ${told.subject}`,
    `Run it:   ${commandLine(told, "node repro.mjs")}`,
    "It exits with 1 when it shows the failure, and with 0 when it does not.",
  ].map((line) => ` * ${line}`.trimEnd().replaceAll("*/", "*\\/")),
  " */",
];

function plugLines({ module, edition }: Plug): readonly string[] {
  return [
    "",
    "/** What is judged; put another implementation here to compare. */",
    `const implementation = () => ${loading(module)};`,
    "",
    "/** How it describes itself, see docs/adapter.md of runner-conformance. */",
    "let subject;",
    "",
    "async function loadSubject() {",
    "  const loaded = await implementation();",
    "  const exported = loaded.default ?? loaded;",
    "  const description = exported.default ?? exported;",
    `  subject = typeof description === "function" ? description(${edition === undefined ? "" : text(edition)}) : description;`,
    "}",
  ];
}

const startLines = ({ story: { globalDebug } }: Told): readonly string[] => [
  "await loadSubject();",
  ...(globalDebug === undefined ? [] : ["subject.setGlobalDebug(true);"]),
];

/** The operations a description may leave out. */
function commonLines(ops: ReadonlySet<string>): readonly string[] {
  const used = Object.entries(brought).filter(([op]) => ops.has(op));
  return used.length === 0
    ? ["", "const common = {};"]
    : ["", "const common = {", ...used.map(([op, { as }]) => `  ${text(op)}: ${as},`), "};"];
}

function declarations({ setting, script, puppets }: Parts): readonly string[] {
  const seen = seenNames(setting);
  const bodies = [script, ...puppets.flatMap(({ calls }) => calls.map(({ body }) => body))];
  const shared = new Set(bodies.flatMap((body) => body.shared));
  for (const name of seen) shared.delete(name);
  return [
    ...(shared.size === 0 ? [] : ["", `let ${[...shared].sort().join(", ")};`]),
    ...(seen.length === 0
      ? []
      : [
          "",
          'const nothing = Symbol("nothing");',
          ...seen.map((name) => `let ${name} = nothing;`),
        ]),
  ];
}

/** The generator function of a puppet. */
function puppetLines(
  { kind, name, calls }: PuppetPart,
  { kind: shows }: Evidence,
): readonly string[] {
  const untouched = shows === "trace" ? [`saw(${text(`${name} starts`)});`] : [];
  const define = (
    as: string,
    call: { who: { args: readonly unknown[] }; body: BodyLines } | undefined,
  ) => {
    const given = call !== undefined && call.who.args.length > 0 ? "...given" : "";
    const lines = [`function* ${as}(${given}) {`, ...indented(call?.body.lines ?? untouched), "}"];
    return lines;
  };
  const isFunction = kind === "function";
  if (calls.length < 2) {
    const lines = define(name, calls[0]);
    if (!isFunction) return ["", ...lines];
    return [
      "",
      ...lines.with(0, `const ${name} = plainFunction(${lines[0] ?? ""}`).with(-1, "});"),
    ];
  }
  const parts = calls.map((_, index) => `${name}Call${index + 1}`);
  const next = `(${name}Calls.length > 1 ? ${name}Calls.shift() : ${name}Calls[0])(...given)`;
  return [
    ...calls.flatMap((call, index) => ["", ...define(parts[index] ?? name, call)]),
    ...["", `const ${name}Calls = [${parts.join(", ")}];`],
    isFunction
      ? `const ${name} = plainFunction((...given) => ${next});`
      : `const ${name} = (...given) => ${next};`,
  ];
}

function threadLines(puppets: readonly PuppetPart[]): readonly string[] {
  const functions = puppets.filter(({ kind }) => kind === "function").map(({ name }) => name);
  return [
    `const threadBodies = { ${functions.join(", ")} };`,
    "if (isMainThread) void start();",
    "else if (workerData?.thread !== undefined) void loadSubject().then(() => serveThread(workerData.thread));",
  ];
}
