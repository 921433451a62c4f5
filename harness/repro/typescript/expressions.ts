import type { Value } from "../../protocol/values";
import type { Author, Call, Expressions, Written } from "../language";
import type { Action, Doing } from "../story";
import { brought } from "./brought";
import type { HelperName } from "./helpers";
import { camelCase, object, scalar, text } from "./literals";

/** JavaScript that does everything through the description an implementation gives of itself, see docs/adapter.md. */
export const expressions: Expressions = {
  scalar,
  said: scalar,
  map: object,
  call,
  awaiting: (value) => written(`yield wait(${value})`, "wait"),
  yielding: (value) => written(`yield emit(${value})`, "emit"),
  spinning: (interrupts, endless) => written(`spin(${interrupts}${endless ? ", 1" : ""})`, "spin"),
  untranslatable: (what) => written(`untranslatable(${text(what)})`, "untranslatable"),
  newObject: (kind, body) => {
    const maker = makers[kind];
    return maker === undefined ? written(body) : written(`${maker}(${body})`, maker);
  },
  reduced,
  inWords,
};

const written = (expression: string, ...helpers: readonly HelperName[]): Written => ({
  expression,
  helpers,
});

const makers: Readonly<Record<string, HelperName>> = {
  coroutine: "coroutine",
  "coroutine-function": "coroutineFunction",
  "async-generator": "asyncGenerator",
  awaitable: "awaitable",
};

function call({ does, on, args, kwargs }: Call, by: Author): Written {
  if (does.op === "object.forget") return written(`(${args.join(" = ")} = undefined)`);
  const request = object([
    ...(does.on === undefined ? [] : [["on", on] as const]),
    ...(args.length === 0 ? [] : [["args", `[${args.join(", ")}]`] as const]),
    ...(Object.keys(kwargs).length === 0
      ? []
      : [["kwargs", object(keptOf(does.op, kwargs))] as const]),
  ]);
  const parts = [text(does.op), ...(request === "{}" ? [] : [request])];
  const own = brought[does.op]?.helpers ?? [];
  return written(
    `${by === undefined ? "await" : "yield"} call(${parts.join(", ")})`,
    "call",
    ...own,
  );
}

/** A job that waited for the test lasts some time instead. */
const keptOf = (op: string, kwargs: Call["kwargs"]): readonly (readonly [string, string])[] =>
  Object.entries(kwargs).map(([name, value]) =>
    op === "job.new" && name === "until" && value !== "null" ? ["lasting", "0.5"] : [name, value],
  );

function reduced({ does }: Action, expression: string): string {
  if (does.type !== "call") return expression;
  const value = /^\w+$/.test(expression) ? expression : `(${expression})`;
  if (does.op === "asyncio.all_tasks") return `${value}.length`;
  return does.op === "warnings.caught" ? `${value}.map(({ category }) => category)` : expression;
}

function inWords(does: Doing, said: (value: Value) => string): string {
  if (does.type === "spin") return "spin";
  if (does.type !== "call") return `${does.type} ${said(does.value)}`;
  const { op, on, args, kwargs } = does;
  const named = Object.entries(kwargs).map(([name, value]) => `${camelCase(name)}: ${said(value)}`);
  const method = op.slice(op.indexOf("."));
  return `${on === undefined ? op : `${said(on)}${camelCase(method)}`}(${[...args.map(said), ...named].join(", ")})`;
}
