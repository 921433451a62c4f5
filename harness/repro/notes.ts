import type { Value } from "../protocol/values";
import {
  givenBy,
  isEndless,
  isException,
  isList,
  isMap,
  isPuppet,
  type Action,
  type Activation,
  type Story,
} from "./story";
import type { Scalar } from "./language";

/** What is noted when a puppet starts. */
export const startNote = (name: string): string => `${name} starts`;

/** What is noted when nothing ends a tight loop. */
export const stillBusy = (name: string): string => `${name} is still busy`;

/** What runs nobody's code and gives nothing worth telling. */
const silent =
  /\.(stop|new|set_\w+|add_\w+|remove_\w+|call_\w+|submit|as_errors|print|ContextVar|copy_context|Context|new_event_loop|create_\w+|sleep|wait_for|gather|shield|anext|aclose|set|like|run_in_executor|cancel|type)$/;

/** Whether what came of an action says something about the subject. */
export function isNoted({ does, outcome }: Action): boolean {
  if (outcome === undefined) return false;
  if ("raised" in outcome) return true;
  return does.type !== "call" || !silent.test(does.op);
}

/** How a program says a value; the same object always has the same number. See `said` in the helpers. */
class Sayer {
  readonly #known: string[] = [];
  readonly #scalar: (value: Scalar) => string;

  constructor(scalar: (value: Scalar) => string) {
    this.#scalar = scalar;
  }

  say(value: Value): string {
    if (typeof value === "string") return this.#scalar(anonymous(value));
    if (value === null || typeof value !== "object") return this.#scalar(value);
    if (isList(value)) return `[${value.map((item) => this.say(item)).join(", ")}]`;
    if (isMap(value)) {
      const pairs = Object.keys(value.map)
        .sort()
        .map((key) => `${this.#scalar(key)}: ${this.say(value.map[key] ?? null)}`);
      return `{${pairs.join(", ")}}`;
    }
    const identity = isPuppet(value) ? `puppet ${value.puppet}` : `reference ${value.ref}`;
    if (!this.#known.includes(identity)) this.#known.push(identity);
    const name = isException(value) ? value.type : "object";
    return `${name} #${this.#known.indexOf(identity) + 1}`;
  }
}

/** A text without names and addresses of objects. */
const anonymous = (said: string): string => said.replace(/<.* at 0x[0-9a-f]+>/g, "<…>");

/** What is noted of a returned value: what differs from run to run is left out. See `reduced`. */
export function reducedValue({ does }: Action, value: Value): Value {
  if (does.type !== "call" || !isList(value)) return value;
  if (does.op === "asyncio.all_tasks") return value.length;
  return does.op === "warnings.caught"
    ? value.map((item) => (isMap(item) ? (item.map["category"] ?? null) : item))
    : value;
}

/** The notes a program takes when all goes as in the story. */
export function notesOf(
  story: Story,
  nameOf: (who: Activation) => string,
  labels: ReadonlyMap<Action, string>,
  scalar: (value: Scalar) => string,
): readonly string[] {
  const sayer = new Sayer(scalar);
  const notes: string[] = [];
  for (const event of story.events) {
    const name = nameOf(event.who);
    if (event.type === "start") {
      notes.push([startNote(name), ...event.who.args.map((arg) => sayer.say(arg))].join(": "));
    } else if (event.type === "answer") {
      const label = labels.get(event.action);
      const given = givenBy(event.action);
      if (label !== undefined && given !== undefined)
        notes.push(`${label}: ${sayer.say(reducedValue(event.action, given))}`);
    } else if (event.type === "begin" && isEndless(story, event.action)) {
      notes.push(stillBusy(name));
    }
  }
  return notes;
}
