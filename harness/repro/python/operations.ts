import { ops, type OpName } from "../../protocol/ops";
import type { Value } from "../../protocol/values";
import type { Call, Written } from "../language";
import type { HelperName } from "./helpers";
import { text } from "./literals";

/** The parts of a call, with its arguments as between parentheses. */
interface Parts extends Call {
  readonly all: string;
}

/** An operation as an expression of Python; undefined when there is none. */
export function translated(call: Call): Written | undefined {
  const { does, on, args, kwargs } = call;
  const named = Object.entries(kwargs).map(([name, value]) => `${name}=${value}`);
  const all = [...args, ...named].join(", ");
  const special = specials[does.op as OpName];
  if (special !== undefined) return special({ ...call, all });
  if (!(does.op in ops)) return undefined;
  const [family = "", method = ""] = does.op.split(".");
  return plain(`${does.on === undefined ? family : on}.${method}(${all})`);
}

const plain = (expression: string, ...helpers: HelperName[]): Written => ({
  expression,
  helpers,
});

const specials: Partial<Record<OpName, (parts: Parts) => Written | undefined>> = {
  "asyncio.run": ({ all }) => plain(`run(${all})`),
  "asyncio.Runner": ({ all }) => plain(`Runner(${all})`),
  "asyncio.EventLoop": () => plain("asyncio.EventLoop"),
  "asyncio.all_tasks": ({ all }) => plain(`list(asyncio.all_tasks(${all}))`),
  "runner.with": ({ on, all }) => plain(`within(${on}, ${all})`, "within"),
  "policy.get_event_loop": () => plain("current_loop()", "current_loop"),
  "loop.add_signal_handler": ({ on, does, args }) =>
    plain(`${on}.add_signal_handler(${[signal(does), ...args.slice(1)].join(", ")})`),
  "loop.remove_signal_handler": ({ on, does }) =>
    plain(`${on}.remove_signal_handler(${signal(does)})`),
  "recording.new": ({ kwargs }) => {
    const options = Object.entries(kwargs).map(([name, value]) => `${name}=${value}`);
    return plain(`recording_loop(${options.join(", ")})`, "recording_loop");
  },
  "recording.calls": ({ on }) => plain(`recorded_calls(${on})`, "recording_loop"),
  "coroutine.state": ({ on }) => plain(`inspect.getcoroutinestate(${on})`),
  "coroutine.like": ({ all }) => plain(`CoroutineLike(${all})`, "CoroutineLike"),
  "generator.anext": ({ on }) => plain(`${on}.__anext__()`),
  "signal.getsignal": ({ does }) =>
    plain(`named(signal.getsignal(${signal(does)}))`, "named", "Recorder"),
  "signal.signal": ({ does, args }) => {
    const [, handler] = does.args;
    const given = typeof handler === "string" ? `signal.${handler}` : (args[1] ?? "");
    return plain(`named(signal.signal(${signal(does)}, ${given}))`, "named", "Recorder");
  },
  "threading.run": ({ all }) => plain(`in_thread(${all})`, "in_thread"),
  "job.new": ({ does, kwargs }) => {
    const given = [
      ...(typeof does.kwargs["until"] === "string" ? ["lasting=0.5"] : []),
      ...Object.entries(kwargs).flatMap(([name, value]) =>
        name === "until" || value === "None" ? [] : [`${name}=${value}`],
      ),
    ];
    return plain(`Job(${given.join(", ")})`, "Job");
  },
  "job.state": ({ on }) => plain(`${on}.state`),
  "executor.new": () => plain("concurrent.futures.ThreadPoolExecutor()"),
  "warnings.caught": () => plain("list(caught_warnings)", "caught_warnings"),
  "warnings.as_errors": ({ does }) =>
    plain(`warnings.simplefilter("error", ${word(does.args[0])})`),
  "recorder.new": () => plain("Recorder()", "Recorder"),
  "recorder.calls": ({ on }) => plain(`list(${on}.calls)`),
  "object.new": ({ kwargs }) =>
    kwargs["described"] === undefined
      ? plain("Opaque()", "Opaque")
      : plain(`Described(${kwargs["described"]})`, "Opaque", "Described"),
  "object.type": ({ on, args }) => plain(`type(${args[0] ?? on})`),
  "exception.new": ({ does, args }) => {
    const [name] = does.args;
    if (typeof name !== "string") return undefined;
    const made = `${exceptionClass(name)}(${args.slice(1).join(", ")})`;
    return name === "PrivateBaseException" ? plain(made, "PrivateBaseException") : plain(made);
  },
  "stream.print": ({ all }) => plain(`print(${all}, flush=True)`),
};

const signal = ({ args }: Call["does"]): string => `signal.${word(args[0])}`;

/** A name that travels as a text. */
const word = (value: Value | undefined): string => (typeof value === "string" ? value : "");

const onlyInAsyncio = ["CancelledError", "InvalidStateError", "QueueEmpty", "QueueFull"];

/** A class of exceptions by its name, as a program writes it. */
export const exceptionClass = (name: string): string =>
  onlyInAsyncio.includes(name) ? `asyncio.${name}` : name;

/** What a program is that cannot say what was done. */
export const untranslatable = (what: string): string => `untranslatable(${text(what)})`;
