import type { Value } from "../protocol/values";
import type { Language } from "./language";
import {
  eachPart,
  givenBy,
  isException,
  isPuppet,
  isReference,
  letsThrough,
  valuesOf,
  type Action,
  type Activation,
  type Story,
} from "./story";

/** Where an object was first seen: in what an action gave, or in what an activation was called with. */
export interface Birth {
  readonly who: Activation;
  /** Undefined when it came as an argument. */
  readonly action: Action | undefined;
  /** The way to it through lists and maps. */
  readonly path: readonly (string | number)[];
}

/** An object of the subject that a program has to have a name for. */
export interface Thing {
  readonly ref: number;
  readonly name: string;
  readonly birth: Birth;
  /** Who uses it, and for which action; undefined for how an activation ends. */
  readonly uses: readonly { readonly who: Activation; readonly action: Action | undefined }[];
}

/** Who plays in a story: names for its objects and puppets, and where they are used. */
export class Cast {
  readonly things: ReadonlyMap<number, Thing>;
  /** Names of the puppets' bodies. */
  readonly bodies: ReadonlyMap<number, string>;
  /** Names of the puppets' objects, where the body is not the object. */
  readonly objects: ReadonlyMap<number, string>;
  /** How often a puppet is named. */
  readonly mentions: ReadonlyMap<number, number>;
  /** The puppets each action, or end of an activation, is the first to name. */
  readonly introduced: ReadonlyMap<Action | Activation, readonly number[]>;

  /** No name is one of `reserved`. */
  constructor(
    story: Story,
    reserved: readonly string[],
    { spelled, bodiesThemselves }: Pick<Language, "spelled" | "bodiesThemselves">,
  ) {
    const names = new Names(reserved, spelled);
    const mentions = new Map<number, number>();
    const introduced = new Map<Action | Activation, readonly number[]>();
    const roles = new Map<number, string>();
    const births = new Map<number, Birth & { readonly kind: string }>();
    const uses = new Map<number, { who: Activation; action: Action | undefined }[]>();
    const use = (value: Value, who: Activation, action: Action | undefined) => {
      eachPart(value, (part) => {
        if (isPuppet(part)) {
          const before = mentions.get(part.puppet) ?? 0;
          mentions.set(part.puppet, before + 1);
          const by = action ?? who;
          if (before === 0) introduced.set(by, [...(introduced.get(by) ?? []), part.puppet]);
        }
        if (isReference(part)) uses.set(part.ref, [...(uses.get(part.ref) ?? []), { who, action }]);
      });
    };
    const born = (value: Value, birth: Omit<Birth, "path">) => {
      eachPart(value, (part, path) => {
        if (!isReference(part) || births.has(part.ref) || part.ref < 0) return;
        births.set(part.ref, { ...birth, path, kind: kindOf(part, birth.action) });
      });
    };
    for (const event of story.events) {
      if (event.type === "start") {
        for (const [index, value] of event.who.args.entries())
          eachPart(value, (part, path) => {
            if (!isReference(part) || births.has(part.ref)) return;
            const kind = kindOf(part, undefined);
            births.set(part.ref, {
              who: event.who,
              action: undefined,
              path: [index, ...path],
              kind,
            });
          });
      } else if (event.type === "end") {
        if (event.who.end !== undefined && !letsThrough(event.who))
          use(event.who.end.value, event.who, undefined);
      } else if (event.type === "begin") {
        for (const value of valuesOf(event.action)) use(value, event.who, event.action);
        for (const [puppet, role] of rolesIn(event.action)) {
          if (!roles.has(puppet)) roles.set(puppet, role);
        }
      } else {
        const given = givenBy(event.action);
        if (given !== undefined) born(given, { who: event.who, action: event.action });
      }
    }
    this.mentions = mentions;
    this.introduced = introduced;
    this.bodies = new Map(
      [...story.puppets].map(([puppet, kind]) => [
        puppet,
        names.take(roles.get(puppet) ?? (kind === "async-generator" ? "generate" : words(kind))),
      ]),
    );
    this.objects = new Map(
      [...story.puppets]
        .filter(([, kind]) => !bodiesThemselves.includes(kind))
        .map(([puppet, kind]) => {
          const body = this.bodies.get(puppet) ?? "";
          return [
            puppet,
            names.take(kind === "async-generator" ? "generator" : `${body}_${words(kind)}`),
          ];
        }),
    );
    this.things = new Map(
      [...births].map(([ref, { kind, ...birth }]) => [
        ref,
        { ref, birth, name: names.take(kind), uses: uses.get(ref) ?? [] },
      ]),
    );
  }
}

/** Gives each name once. */
class Names {
  readonly #taken: Set<string>;
  readonly #spelled: (name: string) => string;

  constructor(reserved: readonly string[], spelled: (name: string) => string) {
    this.#taken = new Set(reserved);
    this.#spelled = spelled;
  }

  take(wanted: string): string {
    let name = this.#spelled(wanted);
    for (let count = 2; this.#taken.has(name); count++) name = this.#spelled(`${wanted}_${count}`);
    this.#taken.add(name);
    return name;
  }
}

/** What an object is, in a word that makes a name. */
function kindOf(value: Value, action: Action | undefined): string {
  if (isException(value)) return words(value.type);
  if (!isReference(value)) return "value";
  const does = action?.does;
  const op = does?.type === "call" ? does.op.slice(does.op.lastIndexOf(".") + 1) : "";
  if (["coroutine", "awaitable"].includes(value.kind) && op !== "" && op !== "get_coro") return op;
  if (value.kind === "exception") return "error";
  return value.kind === "object" || value.kind === "class"
    ? `some_${value.kind}`
    : words(value.kind);
}

/** `AsyncGenerator` and `async-generator` as `async_generator`. */
const words = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toLowerCase();

/** What the puppets an action names are there for. */
function rolesIn(action: Action): readonly (readonly [number, string])[] {
  const { does } = action;
  if (does.type !== "call") return [];
  const role = roles[does.op];
  const puppets = does.args.filter(isPuppet).map(({ puppet }) => [puppet, role ?? ""] as const);
  const named = Object.entries(does.kwargs).flatMap(([name, value]) =>
    isPuppet(value) ? [[value.puppet, name] as const] : [],
  );
  return [...puppets.filter(([, found]) => found !== ""), ...named];
}

const roles: Readonly<Record<string, string>> = {
  "asyncio.run": "main",
  "runner.run": "main",
  "coroutine.like": "main",
  "loop.run_until_complete": "main",
  "runner.with": "with_body",
  "loop.create_task": "child",
  "asyncio.gather": "child",
  "asyncio.shield": "child",
  "asyncio.wait_for": "child",
  "loop.call_soon": "callback",
  "loop.call_later": "callback",
  "loop.call_soon_threadsafe": "callback",
  "future.add_done_callback": "done_callback",
  "loop.set_exception_handler": "exception_handler",
  "loop.set_task_factory": "task_factory",
  "loop.add_signal_handler": "signal_handler",
  "threading.run": "thread_body",
  "context.run": "in_context",
};
