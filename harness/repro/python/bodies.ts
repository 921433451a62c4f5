import type { Value } from "../../protocol/values";
import type { Cast, Thing } from "../cast";
import type { Evidence } from "../evidence";
import {
  givenBy,
  isException,
  isList,
  isMap,
  isPuppet,
  isReference,
  letsThrough,
  type Action,
  type Activation,
  type Story,
} from "../story";
import type { HelperName } from "./helpers";
import { isScalar, scalar, text } from "./literals";
import { isNoted, startNote, stillBusy } from "./notes";
import { translated, untranslatable } from "./operations";

/** What the bodies of a program share. */
export interface Setting {
  readonly story: Story;
  readonly cast: Cast;
  readonly evidence: Evidence;
  /** Who tells, at the end of its body, what came out. */
  readonly concludes: Activation | undefined;
  /** References and puppets that are looked at in the end. */
  readonly remembered: {
    readonly refs: ReadonlySet<number>;
    readonly puppets: ReadonlySet<number>;
  };
  readonly callsFunction: boolean;
}

/** What was written in Python, and what it needs. */
export class Needs {
  readonly helpers = new Set<HelperName>();
  /** What could not be translated. */
  readonly missing: string[] = [];
  /** What is noted of an action, for those of which something is. */
  readonly labels = new Map<Action, string>();
}

/** The variable that keeps what an action gave, where the verdict is about it; undefined for any other action. */
export function seenName(evidence: Evidence, action: Action): string | undefined {
  if (evidence.kind !== "values") return undefined;
  const at = evidence.actions.indexOf(action);
  if (at === -1) return undefined;
  return evidence.actions.length === 1 ? "seen" : `seen_${at + 1}`;
}

/** The lines of one activation's body. */
export function bodyLines(who: Activation, setting: Setting, needs: Needs): readonly string[] {
  return new Body(who, setting, needs).lines();
}

class Body {
  readonly #who: Activation;
  readonly #setting: Setting;
  readonly #needs: Needs;
  readonly #name: string;
  readonly #lines: string[] = [];
  readonly #globals = new Set<string>();
  /** Expressions of objects that are used once, by the action after the one that makes them. */
  readonly #inline = new Map<number, string>();
  #reraised = false;

  constructor(who: Activation, setting: Setting, needs: Needs) {
    this.#who = who;
    this.#setting = setting;
    this.#needs = needs;
    this.#name =
      who.puppet === undefined ? "script" : (setting.cast.bodies.get(who.puppet) ?? "puppet");
  }

  lines(): readonly string[] {
    this.#start();
    this.#who.actions.forEach((action, index) => {
      this.#act(action, index);
    });
    this.#finish();
    const declared = [...this.#globals].sort();
    const lines = this.#lines.length === 0 ? ["pass"] : this.#lines;
    return declared.length === 0 ? lines : [`global ${declared.join(", ")}`, ...lines];
  }

  #start(): void {
    if (this.#who.puppet === undefined) return;
    const given = this.#who.args.length > 0;
    const bound = this.#bornHere(undefined);
    if (given && (bound.length > 0 || this.#traces))
      this.#lines.push("given = list(args) + ([kwargs] if kwargs else [])");
    if (this.#traces) {
      this.#need("saw");
      this.#lines.push(`saw(${text(startNote(this.#name))}${given ? ", *given" : ""})`);
    }
    for (const thing of bound) this.#bind(thing, `given${pathText(thing.birth.path)}`);
  }

  #finish(): void {
    const { end } = this.#who;
    if (end !== undefined && end.interrupts > 0) this.#interruptLater(end.interrupts);
    this.#makeFirst(this.#who);
    if (end?.type === "raise" && !this.#reraised)
      this.#lines.push(`raise ${this.#value(end.value)}`);
    if (end?.type === "finish") this.#return(end.value);
    if (this.#setting.concludes === this.#who && this.#who.puppet !== undefined) {
      this.#lines.push("conclude()");
    }
  }

  #return(value: Value): void {
    const generates = this.#setting.story.puppets.get(this.#who.puppet ?? -1) === "async-generator";
    if (value !== null && !generates) this.#lines.push(`return ${this.#value(value)}`);
  }

  #act(action: Action, index: number): void {
    const expression = this.#expression(action);
    if (action.interrupts > 0 && action.does.type !== "spin")
      this.#interruptLater(action.interrupts);
    const seen = seenName(this.#setting.evidence, action);
    const noted = this.#traces && isNoted(action) && !this.#isInlined(action, index);
    if (seen !== undefined) this.#keep(action, expression, seen);
    else if (action.outcome !== undefined && "raised" in action.outcome)
      this.#catch(action, index, expression, noted);
    else if (this.#isInlined(action, index)) {
      const given = givenBy(action);
      if (given !== undefined && isReference(given)) this.#inline.set(given.ref, expression);
    } else this.#do(action, expression, noted);
    if (action.does.type === "spin" && action.outcome === undefined && this.#traces)
      this.#lines.push(`saw(${text(stillBusy(this.#name))})`);
  }

  /** An action the verdict is about: whatever comes of it is kept. */
  #keep(action: Action, expression: string, seen: string): void {
    this.#globals.add(seen);
    this.#lines.push(
      "try:",
      `    ${seen} = ${expression}`,
      "except BaseException as error:",
      `    ${seen} = error`,
    );
    for (const thing of this.#bornHere(action))
      this.#bind(thing, `${seen}${pathText(thing.birth.path)}`);
  }

  #catch(action: Action, index: number, expression: string, noted: boolean): void {
    const [born] = this.#bornHere(action);
    const given = givenBy(action) ?? null;
    const passesOn = index === this.#who.actions.length - 1 && letsThrough(this.#who);
    if (noted) this.#need("saw");
    const note = noted ? [`    saw(${text(this.#label(action))}, error)`] : [];
    if (passesOn && born === undefined) {
      this.#reraised = true;
      if (!noted) this.#lines.push(expression);
      else
        this.#lines.push(
          ...["try:", `    ${expression}`, "except BaseException as error:", ...note, "    raise"],
        );
      return;
    }
    const type = isException(given) ? given.type : "an exception";
    const kept = born === undefined ? [] : [`    ${this.#assigned(born)} = error`];
    const handled = [...kept, ...note];
    this.#lines.push(
      "try:",
      `    ${expression}`,
      `except BaseException${handled.length === 0 ? "" : " as error"}:  # ${type}`,
      ...(handled.length === 0 ? ["    pass"] : handled),
    );
  }

  #do(action: Action, expression: string, noted: boolean): void {
    const born = this.#bornHere(action);
    const whole = born.find(({ birth }) => birth.path.length === 0);
    const label = noted ? text(this.#label(action)) : "";
    if (noted) this.#need("saw");
    if (born.length === 0) {
      if (!noted && isIdle(action)) return;
      this.#lines.push(noted ? `saw(${label}, ${reduced(action, expression)})` : expression);
      return;
    }
    const name = whole === undefined ? "found" : this.#assigned(whole);
    this.#lines.push(`${name} = ${expression}`);
    if (noted) this.#lines.push(`saw(${label}, ${reduced(action, name)})`);
    for (const thing of born) {
      if (thing !== whole) this.#bind(thing, `${name}${pathText(thing.birth.path)}`);
    }
  }

  /** Objects first seen there that somebody uses later. */
  #bornHere(action: Action | undefined): readonly Thing[] {
    return [...this.#setting.cast.things.values()].filter(
      ({ birth, uses, ref }) =>
        birth.who === this.#who &&
        birth.action === action &&
        (uses.length > 0 || this.#setting.remembered.refs.has(ref)),
    );
  }

  /** Whether what an action gives can be written where it is used, with nothing in between. */
  #isInlined(action: Action, index: number): boolean {
    const given = givenBy(action);
    if (given === undefined || !isReference(given) || "bases" in given) return false;
    if (action.outcome === undefined || "raised" in action.outcome) return false;
    if (action.does.type === "call" && action.does.op === "asyncio.Runner") return false;
    if (seenName(this.#setting.evidence, action) !== undefined || action.interrupts > 0)
      return false;
    const thing = this.#setting.cast.things.get(given.ref);
    if (thing?.birth.action !== action || thing.uses.length !== 1) return false;
    if (this.#setting.remembered.refs.has(given.ref)) return false;
    const [use] = thing.uses;
    const next = this.#who.actions[index + 1];
    return (
      use?.who === this.#who &&
      use.action === next &&
      (next !== undefined || this.#who.end !== undefined)
    );
  }

  /** The name of an object, which the body assigns. */
  #assigned(thing: Thing): string {
    const elsewhere = thing.uses.some(({ who }) => who !== this.#who);
    if (elsewhere || this.#setting.remembered.refs.has(thing.ref)) this.#globals.add(thing.name);
    return thing.name;
  }

  #bind(thing: Thing, expression: string): void {
    this.#lines.push(`${this.#assigned(thing)} = ${expression}`);
  }

  #interruptLater(times: number): void {
    this.#need("interrupt_later");
    for (let count = 1; count <= times; count++) {
      this.#lines.push(count === 1 ? "interrupt_later()" : `interrupt_later(${0.2 * count})`);
    }
  }

  /** What a note says of an action. */
  #label(action: Action): string {
    const label = `${this.#name}: ${this.#words(action, (value) => this.#mention(value))}`;
    this.#needs.labels.set(action, label);
    return label;
  }

  #expression(action: Action): string {
    this.#makeFirst(action);
    return this.#words(action, (value) => this.#value(value));
  }

  #words(action: Action, said: (value: Value) => string): string {
    const { does } = action;
    switch (does.type) {
      case "spin": {
        this.#need("spin");
        return `spin(${action.interrupts}${action.outcome === undefined ? ", seconds=1" : ""})`;
      }
      case "await":
        return `await ${said(does.value)}`;
      case "yield":
        return `yield ${said(does.value)}`;
      case "call": {
        const args = does.args.map(said);
        if (does.op === "asyncio.run" && this.#setting.callsFunction && args.length > 0) {
          this.#need("function_for");
          args[0] = `function_for(${args[0] ?? ""})`;
        }
        const kwargs = Object.fromEntries(
          Object.entries(does.kwargs).map(([name, value]) => [name, said(value)]),
        );
        const found = translated(does, does.on === undefined ? "" : said(does.on), args, kwargs);
        if (found === undefined) {
          this.#need("untranslatable");
          this.#needs.missing.push(does.op);
          return untranslatable(does.op);
        }
        for (const helper of found.helpers) this.#need(helper);
        return found.expression;
      }
    }
  }

  /** Makes the objects of puppets that need a name, where they are used first. */
  #makeFirst(by: Action | Activation): void {
    for (const puppet of this.#setting.cast.introduced.get(by) ?? []) {
      const object = this.#setting.cast.objects.get(puppet);
      if (object === undefined || this.#isMadeInPlace(puppet)) continue;
      this.#globals.add(object);
      this.#lines.push(`${object} = ${this.#newObject(puppet)}`);
    }
  }

  #isMadeInPlace(puppet: number): boolean {
    return (
      this.#setting.story.puppets.get(puppet) !== "async-generator" &&
      this.#setting.cast.mentions.get(puppet) === 1 &&
      !this.#setting.remembered.puppets.has(puppet)
    );
  }

  #newObject(puppet: number): string {
    const body = this.#setting.cast.bodies.get(puppet) ?? "";
    if (this.#setting.story.puppets.get(puppet) !== "awaitable") return `${body}()`;
    this.#need("Awaitable");
    return `Awaitable(${body})`;
  }

  #value(value: Value): string {
    if (isScalar(value)) return scalar(value);
    if (isList(value)) return `[${value.map((item) => this.#value(item)).join(", ")}]`;
    if (isMap(value)) {
      const pairs = Object.entries(value.map).map(
        ([key, it]) => `${text(key)}: ${this.#value(it)}`,
      );
      return `{${pairs.join(", ")}}`;
    }
    if (isPuppet(value)) {
      const { objects, bodies } = this.#setting.cast;
      if (!objects.has(value.puppet)) return bodies.get(value.puppet) ?? "";
      return this.#isMadeInPlace(value.puppet)
        ? this.#newObject(value.puppet)
        : (objects.get(value.puppet) ?? "");
    }
    const inline = this.#inline.get(value.ref);
    if (inline !== undefined) return inline;
    const thing = this.#setting.cast.things.get(value.ref);
    if (thing !== undefined) return thing.name;
    this.#need("untranslatable");
    this.#needs.missing.push(`an object nobody has seen before (${value.kind})`);
    return untranslatable(value.kind);
  }

  /** The same without making anything. */
  #mention(value: Value): string {
    if (isPuppet(value)) return this.#setting.cast.bodies.get(value.puppet) ?? "";
    return isList(value) || isMap(value) ? "…" : this.#value(value);
  }

  get #traces(): boolean {
    return this.#setting.evidence.kind === "trace";
  }

  #need(helper: HelperName): void {
    this.#needs.helpers.add(helper);
  }
}

/** Whether an action only asks for what is there anyway. */
const isIdle = ({ does, interrupts }: Action): boolean =>
  interrupts === 0 &&
  does.type === "call" &&
  ["asyncio.get_running_loop", "asyncio.current_task"].includes(does.op);

/** What is noted of a value: what differs from run to run is left out. */
function reduced({ does }: Action, expression: string): string {
  if (does.type === "yield") return `(${expression})`;
  if (does.type !== "call") return expression;
  if (does.op === "asyncio.all_tasks") return `len(${expression})`;
  return does.op === "warnings.caught"
    ? `[warning["category"] for warning in ${expression}]`
    : expression;
}

const pathText = (path: readonly (string | number)[]): string =>
  path.map((step) => `[${typeof step === "number" ? step : text(step)}]`).join("");
