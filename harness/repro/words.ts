import type { Value } from "../protocol/values";
import type { Written } from "./language";
import type { Needs, Setting } from "./setting";
import { isList, isMap, isPuppet, isReference, type Action } from "./story";

/** What somebody in a story does, as expressions of a language. */
export class Words {
  readonly #author: number | undefined;
  readonly #setting: Setting;
  readonly #needs: Needs;
  /** Objects that are used once, by the action after the one that makes them: as expressions, and as notes name them. */
  readonly #inline = new Map<number, { readonly expression: string; readonly mention: string }>();

  constructor(author: number | undefined, setting: Setting, needs: Needs) {
    this.#author = author;
    this.#setting = setting;
    this.#needs = needs;
  }

  /** An object is written as the expression of the action that gave it from now on. */
  inline(ref: number, action: Action, expression: string): void {
    this.#inline.set(ref, { expression, mention: this.mentioned(action) });
  }

  expression({ does, interrupts }: Action, endless: boolean): string {
    const { expressions } = this.#setting.language;
    switch (does.type) {
      case "spin":
        return this.#with(expressions.spinning(interrupts, endless));
      case "await":
        return this.#with(expressions.awaiting(this.value(does.value), this.#author));
      case "yield":
        return this.#with(expressions.yielding(this.value(does.value)));
      case "call": {
        const kwargs = Object.entries(does.kwargs).map(([name, it]) => [name, this.value(it)]);
        const call = {
          does,
          on: does.on === undefined ? "" : this.value(does.on),
          args: does.args.map((value) => this.value(value)),
          kwargs: Object.fromEntries(kwargs) as Record<string, string>,
        };
        const written = expressions.call(call, this.#author);
        return written === undefined ? this.#missing(does.op, does.op) : this.#with(written);
      }
    }
  }

  /** An action as notes name it, which makes nothing. */
  mentioned({ does }: Action): string {
    return this.#setting.language.expressions.inWords(does, (value) => this.#mention(value));
  }

  value(value: Value): string {
    const { expressions } = this.#setting.language;
    if (value === null || typeof value !== "object") return expressions.scalar(value);
    if (isList(value)) return `[${value.map((item) => this.value(item)).join(", ")}]`;
    if (isMap(value)) {
      const entries = Object.entries(value.map);
      return expressions.map(entries.map(([key, it]) => [key, this.value(it)]));
    }
    if (isPuppet(value)) {
      const { objects, bodies } = this.#setting.cast;
      if (this.isMadeInPlace(value.puppet)) return this.newObject(value.puppet);
      return objects.get(value.puppet) ?? bodies.get(value.puppet) ?? "";
    }
    const known =
      this.#inline.get(value.ref)?.expression ?? this.#setting.cast.things.get(value.ref)?.name;
    const { kind } = value;
    return known ?? this.#missing(`an object nobody has seen before (${kind})`, kind);
  }

  /** Whether the object of a puppet is made where it is used. */
  isMadeInPlace(puppet: number): boolean {
    const { cast, story, remembered } = this.#setting;
    return (
      cast.objects.has(puppet) &&
      story.puppets.get(puppet) !== "async-generator" &&
      cast.mentions.get(puppet) === 1 &&
      !remembered.puppets.has(puppet)
    );
  }

  newObject(puppet: number): string {
    const { cast, story, language } = this.#setting;
    const kind = story.puppets.get(puppet) ?? "coroutine";
    return this.#with(language.expressions.newObject(kind, cast.bodies.get(puppet) ?? ""));
  }

  #mention(value: Value): string {
    if (isPuppet(value)) return this.#setting.cast.bodies.get(value.puppet) ?? "";
    if (isList(value) || isMap(value)) return "…";
    const inline = isReference(value) ? this.#inline.get(value.ref) : undefined;
    return inline?.mention ?? this.value(value);
  }

  #missing(what: string, shown: string): string {
    this.#needs.missing.push(what);
    return this.#with(this.#setting.language.expressions.untranslatable(shown));
  }

  #with({ expression, helpers }: Written): string {
    for (const helper of helpers) this.#needs.helpers.add(helper);
    return expression;
  }
}
