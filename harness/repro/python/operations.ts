import { ops, type OpName } from "../../protocol/ops";
import type { Value } from "../../protocol/values";
import type { Doing } from "../story";
import type { HelperName } from "./helpers";
import { text } from "./literals";

/** A call in Python: the expression, and the helpers it needs. */
export interface Translated {
  readonly expression: string;
  readonly helpers: readonly HelperName[];
}

type Call = Extract<Doing, { type: "call" }>;

/** The parts of a call, translated already. */
interface Parts {
  readonly call: Call;
  readonly on: string;
  readonly args: readonly string[];
  readonly kwargs: Readonly<Record<string, string>>;
  /** Positional and keyword arguments, as between parentheses. */
  readonly all: string;
}

/** An operation as an expression of Python; undefined when there is none. */
export function translated(
  call: Call,
  on: string,
  args: readonly string[],
  kwargs: Readonly<Record<string, string>>,
): Translated | undefined {
  const named = Object.entries(kwargs).map(([name, value]) => `${name}=${value}`);
  const parts = { call, on, args, kwargs, all: [...args, ...named].join(", ") };
  const special = specials[call.op as OpName];
  if (special !== undefined) return special(parts);
  if (!(call.op in ops)) return undefined;
  const [family = "", method = ""] = call.op.split(".");
  return plain(`${call.on === undefined ? family : on}.${method}(${parts.all})`);
}

const plain = (expression: string, ...helpers: HelperName[]): Translated => ({
  expression,
  helpers,
});

const specials: Partial<Record<OpName, (parts: Parts) => Translated | undefined>> = {
  "asyncio.run": ({ all }) => plain(`run(${all})`),
  "asyncio.Runner": ({ all }) => plain(`Runner(${all})`),
  "asyncio.EventLoop": () => plain("asyncio.EventLoop"),
  "asyncio.all_tasks": ({ all }) => plain(`list(asyncio.all_tasks(${all}))`),
  "runner.with": ({ on, all }) => plain(`within(${on}, ${all})`, "within"),
  "policy.get_event_loop": () => plain("current_loop()", "current_loop"),
  "loop.add_signal_handler": ({ on, call, args }) =>
    plain(`${on}.add_signal_handler(${[signal(call), ...args.slice(1)].join(", ")})`),
  "loop.remove_signal_handler": ({ on, call }) =>
    plain(`${on}.remove_signal_handler(${signal(call)})`),
  "recording.new": ({ kwargs }) => {
    const options = Object.entries(kwargs).map(([name, value]) => `${name}=${value}`);
    return plain(`recording_loop(${options.join(", ")})`, "recording_loop");
  },
  "recording.calls": ({ on }) => plain(`recorded_calls(${on})`, "recording_loop"),
  "coroutine.state": ({ on }) => plain(`inspect.getcoroutinestate(${on})`),
  "coroutine.like": ({ all }) => plain(`CoroutineLike(${all})`, "CoroutineLike"),
  "generator.anext": ({ on }) => plain(`${on}.__anext__()`),
  "signal.getsignal": ({ call }) =>
    plain(`named(signal.getsignal(${signal(call)}))`, "named", "Recorder"),
  "signal.signal": ({ call, args }) => {
    const [, handler] = call.args;
    const given = typeof handler === "string" ? `signal.${handler}` : (args[1] ?? "");
    return plain(`named(signal.signal(${signal(call)}, ${given}))`, "named", "Recorder");
  },
  "threading.run": ({ all }) => plain(`in_thread(${all})`, "in_thread"),
  "job.new": ({ call, kwargs }) => {
    const given = [
      ...(typeof call.kwargs["until"] === "string" ? ["lasting=0.5"] : []),
      ...Object.entries(kwargs).flatMap(([name, value]) =>
        name === "until" || value === "None" ? [] : [`${name}=${value}`],
      ),
    ];
    return plain(`Job(${given.join(", ")})`, "Job");
  },
  "job.state": ({ on }) => plain(`${on}.state`),
  "executor.new": () => plain("concurrent.futures.ThreadPoolExecutor()"),
  "warnings.caught": () => plain("list(caught_warnings)", "caught_warnings"),
  "warnings.as_errors": ({ call }) =>
    plain(`warnings.simplefilter("error", ${word(call.args[0])})`),
  "recorder.new": () => plain("Recorder()", "Recorder"),
  "recorder.calls": ({ on }) => plain(`list(${on}.calls)`),
  "object.new": ({ kwargs }) =>
    kwargs["described"] === undefined
      ? plain("Opaque()", "Opaque")
      : plain(`Described(${kwargs["described"]})`, "Opaque", "Described"),
  "object.type": ({ on, args }) => plain(`type(${args[0] ?? on})`),
  "exception.new": ({ call, args }) => {
    const [name] = call.args;
    if (typeof name !== "string") return undefined;
    const made = `${exceptionClass(name)}(${args.slice(1).join(", ")})`;
    return name === "PrivateBaseException" ? plain(made, "PrivateBaseException") : plain(made);
  },
  "stream.print": ({ all }) => plain(`print(${all}, flush=True)`),
};

const signal = ({ args }: Call): string => `signal.${word(args[0])}`;

/** A name that travels as a text. */
const word = (value: Value | undefined): string => (typeof value === "string" ? value : "");

const onlyInAsyncio = ["CancelledError", "InvalidStateError", "QueueEmpty", "QueueFull"];

/** A class of exceptions by its name, as a program writes it. */
export const exceptionClass = (name: string): string =>
  onlyInAsyncio.includes(name) ? `asyncio.${name}` : name;

/** What a program is that cannot say what was done. */
export const untranslatable = (what: string): string => `untranslatable(${text(what)})`;
