import type { Call, Expressions, Language, Statements, Written } from "../language";
import type { Action } from "../story";
import type { HelperName } from "./helpers";
import { repr, scalar, text } from "./literals";
import { translated, untranslatable } from "./operations";

/** Python; `callsFunction` says that `run` is called with a function instead of a coroutine. */
export const pythonLanguage = (callsFunction: boolean): Language => ({
  expressions: { ...expressions, call: (call) => callIn(call, callsFunction) },
  statements,
  helpers: { saw: "saw", interruptLater: "interrupt_later" },
  bodiesThemselves: ["function", "coroutine-function"],
  spelled: (name) => name,
});

const written = (expression: string, ...helpers: readonly HelperName[]): Written => ({
  expression,
  helpers,
});

const expressions: Expressions = {
  scalar,
  said: (value) => (typeof value === "string" ? repr(value) : scalar(value)),
  map: (entries) => `{${entries.map(([key, value]) => `${text(key)}: ${value}`).join(", ")}}`,
  call: (call) => callIn(call, false),
  awaiting: (value) => written(`await ${value}`),
  yielding: (value) => written(`yield ${value}`),
  spinning: (interrupts, endless) =>
    written(`spin(${interrupts}${endless ? ", seconds=1" : ""})`, "spin"),
  untranslatable: (what) => written(untranslatable(what), "untranslatable"),
  newObject: (kind, body) =>
    kind === "awaitable" ? written(`Awaitable(${body})`, "Awaitable") : written(`${body}()`),
  reduced,
  inWords: (does, said) => {
    switch (does.type) {
      case "spin":
        return "spin";
      case "await":
        return `await ${said(does.value)}`;
      case "yield":
        return `yield ${said(does.value)}`;
      case "call": {
        const on = does.on === undefined ? "" : said(does.on);
        const kwargs = Object.entries(does.kwargs).map(([name, value]) => [name, said(value)]);
        const given = { args: does.args.map(said), kwargs: Object.fromEntries(kwargs) as Kwargs };
        return callIn({ does, on, ...given }, false)?.expression ?? does.op;
      }
    }
  },
};

type Kwargs = Readonly<Record<string, string>>;

function callIn(call: Call, callsFunction: boolean): Written | undefined {
  const [main, ...others] = call.args;
  if (call.does.op !== "asyncio.run" || !callsFunction || main === undefined)
    return translated(call);
  const found = translated({ ...call, args: [`function_for(${main})`, ...others] });
  return found && { ...found, helpers: [...found.helpers, "function_for"] };
}

function reduced({ does }: Action, expression: string): string {
  if (does.type === "yield") return `(${expression})`;
  if (does.type !== "call") return expression;
  if (does.op === "asyncio.all_tasks") return `len(${expression})`;
  return does.op === "warnings.caught"
    ? `[warning["category"] for warning in ${expression}]`
    : expression;
}

const statements: Statements = {
  takingGiven: ["given = list(args) + ([kwargs] if kwargs else [])"],
  allGiven: "*given",
  doing: (expression) => expression,
  assigning: (name, expression) => `${name} = ${expression}`,
  declaring: () => [],
  trying: (tried, handled, comment) => [
    "try:",
    ...indented(tried),
    `except BaseException${handled.length === 0 ? "" : " as error"}:${comment === undefined ? "" : `  # ${comment}`}`,
    ...indented(handled.length === 0 ? ["pass"] : handled),
  ],
  waiting: (expression, value, meanwhile) => [
    `while ${expression} != ${value}:`,
    ...indented([meanwhile]),
  ],
  raising: (value) => `raise ${value}`,
  raisingAgain: "raise",
  returning: (value) => `return ${value}`,
  saw: (note, ...values) => `saw(${[text(note), ...values].join(", ")})`,
  interruptingLater: (seconds) => `interrupt_later(${seconds ?? ""})`,
};

/** Lines inside a block. */
export const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === "" ? line : `    ${line}`));
