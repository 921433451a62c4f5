import type { Thing } from "./cast";
import type { Statements } from "./language";
import { isNoted, startNote, stillBusy } from "./notes";
import { seenName, type BodyLines, type Needs, type Setting } from "./setting";
import {
  givenBy,
  isEndless,
  isException,
  isReference,
  letsThrough,
  type Action,
  type Activation,
} from "./story";
import { Words } from "./words";

/** The lines of one activation's body. */
export function bodyLines(who: Activation, setting: Setting, needs: Needs): BodyLines {
  return new Body(who, setting, needs).lines();
}

class Body {
  readonly #who: Activation;
  readonly #setting: Setting;
  readonly #needs: Needs;
  readonly #name: string;
  readonly #words: Words;
  readonly #lines: string[] = [];
  readonly #shared = new Set<string>();
  #reraised = false;
  #found = 0;

  constructor(who: Activation, setting: Setting, needs: Needs) {
    this.#who = who;
    this.#setting = setting;
    this.#needs = needs;
    this.#name =
      who.puppet === undefined ? "script" : (setting.cast.bodies.get(who.puppet) ?? "puppet");
    this.#words = new Words(who.puppet, setting, needs);
  }

  lines(): BodyLines {
    this.#start();
    this.#who.actions.forEach((action, index) => {
      this.#act(action, index);
    });
    this.#finish();
    return { lines: this.#lines, shared: [...this.#shared].sort() };
  }

  #start(): void {
    if (this.#who.puppet === undefined) return;
    const { takingGiven, allGiven, saw } = this.#statements;
    const given = this.#who.args.length > 0;
    const bound = this.#bornHere(undefined);
    if (given && (bound.length > 0 || this.#traces)) this.#lines.push(...takingGiven);
    if (this.#traces) this.#lines.push(saw(startNote(this.#name), ...(given ? [allGiven] : [])));
    for (const thing of bound) this.#assign(thing, `given${pathText(thing.birth.path)}`);
  }

  #finish(): void {
    const { end } = this.#who;
    const { raising, returning, doing } = this.#statements;
    if (end !== undefined && end.interrupts > 0) this.#interruptLater(end.interrupts);
    this.#makeFirst(this.#who);
    if (end?.type === "raise" && !this.#reraised)
      this.#lines.push(raising(this.#words.value(end.value)));
    const generates = this.#setting.story.puppets.get(this.#who.puppet ?? -1) === "async-generator";
    if (end?.type === "finish" && end.value !== null && !generates)
      this.#lines.push(returning(this.#words.value(end.value)));
    if (this.#setting.concludes === this.#who && this.#who.puppet !== undefined) {
      this.#lines.push(doing("conclude()"));
    }
  }

  #act(action: Action, index: number): void {
    const { does, outcome, interrupts } = action;
    this.#makeFirst(action);
    const endless = isEndless(this.#setting.story, action);
    const expression = this.#words.expression(action, endless);
    if (action.meanwhile !== undefined) this.#wait(action, action.meanwhile, expression);
    if (interrupts > 0 && does.type !== "spin") this.#interruptLater(interrupts);
    const seen = seenName(this.#setting, action);
    const inlined = this.#inlined(action, index);
    const noted = this.#traces && isNoted(action) && inlined === undefined;
    if (seen !== undefined) this.#keep(action, expression, seen);
    else if (outcome !== undefined && "raised" in outcome)
      this.#catch(action, index, expression, noted);
    else if (inlined !== undefined) this.#words.inline(inlined, action, expression);
    else this.#do(action, expression, noted);
    if (endless && this.#traces) this.#lines.push(this.#statements.saw(stillBusy(this.#name)));
  }

  /** Does what was done meanwhile until an action gives what it gave. */
  #wait(action: Action, meanwhile: readonly Action[], expression: string): void {
    const expressions = meanwhile.map((each, index) => {
      const made = this.#words.expression(each, false);
      const given = givenBy(each);
      const isLast = index === meanwhile.length - 1;
      if (!isLast && given !== undefined && isReference(given))
        this.#words.inline(given.ref, each, made);
      return made;
    });
    const wanted = this.#words.value(givenBy(action) ?? null);
    const { waiting } = this.#setting.language.statements;
    this.#lines.push(...waiting(expression, wanted, expressions.at(-1) ?? ""));
  }

  /** An action the verdict is about: whatever comes of it is kept. */
  #keep(action: Action, expression: string, seen: string): void {
    const { assigning, trying } = this.#statements;
    this.#shared.add(seen);
    this.#lines.push(
      ...trying([assigning(seen, expression, "known")], [assigning(seen, "error", "known")]),
    );
    for (const thing of this.#bornHere(action))
      this.#assign(thing, `${seen}${pathText(thing.birth.path)}`);
  }

  #catch(action: Action, index: number, expression: string, noted: boolean): void {
    const { doing, declaring, assigning, trying, raisingAgain, saw } = this.#statements;
    const [born] = this.#bornHere(action);
    const note = noted ? [saw(this.#label(action), "error")] : [];
    const passesOn = index === this.#who.actions.length - 1 && letsThrough(this.#who);
    if (passesOn && born === undefined) {
      this.#reraised = true;
      const tried = [doing(expression)];
      this.#lines.push(...(noted ? trying(tried, [...note, raisingAgain]) : tried));
      return;
    }
    if (born !== undefined && !this.#share(born)) this.#lines.push(...declaring(born.name));
    const kept = born === undefined ? [] : [assigning(born.name, "error", "known")];
    const given = givenBy(action) ?? null;
    const type = isException(given) ? given.type : "an exception";
    this.#lines.push(...trying([doing(expression)], [...kept, ...note], type));
  }

  #do(action: Action, expression: string, noted: boolean): void {
    const { doing, saw } = this.#statements;
    const { reduced } = this.#setting.language.expressions;
    const born = this.#bornHere(action);
    if (born.length === 0) {
      if (noted) this.#lines.push(saw(this.#label(action), reduced(action, expression)));
      else if (!isIdle(action)) this.#lines.push(doing(expression));
      return;
    }
    const whole = born.find(({ birth }) => birth.path.length === 0);
    const name = whole?.name ?? this.#nameForFound();
    if (whole === undefined) this.#lines.push(this.#statements.assigning(name, expression, "new"));
    else this.#assign(whole, expression);
    if (noted) this.#lines.push(saw(this.#label(action), reduced(action, name)));
    for (const thing of born) {
      if (thing !== whole) this.#assign(thing, `${name}${pathText(thing.birth.path)}`);
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

  /** The reference of what an action gives, if that is written where it is used, with nothing in between. */
  #inlined(action: Action, index: number): number | undefined {
    const given = givenBy(action);
    if (given === undefined || !isReference(given) || "bases" in given) return undefined;
    if (action.outcome === undefined || "raised" in action.outcome) return undefined;
    if (action.does.type === "call" && action.does.op === "asyncio.Runner") return undefined;
    if (seenName(this.#setting, action) !== undefined || action.interrupts > 0) return undefined;
    const thing = this.#setting.cast.things.get(given.ref);
    if (thing?.birth.action !== action || thing.uses.length !== 1) return undefined;
    if (this.#setting.remembered.refs.has(given.ref)) return undefined;
    const [use] = thing.uses;
    const next = this.#who.actions[index + 1];
    const follows = next !== undefined || this.#who.end !== undefined;
    return use?.who === this.#who && use.action === next && follows ? given.ref : undefined;
  }

  #assign(thing: Thing, expression: string): void {
    const scope = this.#share(thing) ? "known" : "new";
    this.#lines.push(this.#statements.assigning(thing.name, expression, scope));
  }

  /** Whether the name of an object is known outside of the body; notes that it has to be. */
  #share(thing: Thing): boolean {
    const elsewhere = thing.uses.some(({ who }) => who !== this.#who);
    const shared = elsewhere || this.#setting.remembered.refs.has(thing.ref);
    if (shared) this.#shared.add(thing.name);
    return shared;
  }

  #nameForFound(): string {
    this.#found += 1;
    return this.#found === 1 ? "found" : this.#setting.language.spelled(`found_${this.#found}`);
  }

  /** Makes the objects of puppets that need a name, where they are used first. */
  #makeFirst(by: Action | Activation): void {
    for (const puppet of this.#setting.cast.introduced.get(by) ?? []) {
      const object = this.#setting.cast.objects.get(puppet);
      if (object === undefined || this.#words.isMadeInPlace(puppet)) continue;
      this.#shared.add(object);
      const made = this.#words.newObject(puppet);
      this.#lines.push(this.#statements.assigning(object, made, "known"));
    }
  }

  #interruptLater(times: number): void {
    this.#needs.helpers.add(this.#setting.language.helpers.interruptLater);
    for (let count = 1; count <= times; count++)
      this.#lines.push(this.#statements.interruptingLater(count === 1 ? undefined : 0.2 * count));
  }

  /** What a note says of an action. */
  #label(action: Action): string {
    const label = `${this.#name}: ${this.#words.mentioned(action)}`;
    this.#needs.labels.set(action, label);
    return label;
  }

  get #statements(): Statements {
    return this.#setting.language.statements;
  }

  get #traces(): boolean {
    return this.#setting.evidence.kind === "trace";
  }
}

/** Whether an action only asks for what is there anyway. */
const isIdle = ({ does, interrupts }: Action): boolean =>
  interrupts === 0 &&
  does.type === "call" &&
  ["asyncio.get_running_loop", "asyncio.current_task"].includes(does.op);

const pathText = (path: readonly (string | number)[]): string =>
  path.map((step) => `[${JSON.stringify(step)}]`).join("");
