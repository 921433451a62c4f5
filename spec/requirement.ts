import { editions, isSince, newestEdition, type Edition } from "./editions";

/**
 * Why a requirement binds: `stated`, the chapter says so; `implied`, a direct reading of the chapter or of a page
 * it links to; `observed`, only CPython's code or tests show it.
 */
export type Basis = "stated" | "implied" | "observed";

/** What an implementation may lack; a requirement that needs it is then `unsupported`, never passed. */
export const features = {
  run: "an entry point like asyncio.run",
  runner: "a class like asyncio.Runner",
  threads: "threads beside the main thread",
  "foreign-thread-calls": "methods of a loop can be called from another thread",
  signals: "a real SIGINT reaches the session",
  "default-int-handler":
    "a SIGINT handler of the language's own, apart from the system's default, that raises KeyboardInterrupt",
  executor: "a default executor that runs jobs in threads",
  contextvars: "context variables and contexts",
  "async-generators": "asynchronous generators the loop knows about",
  "current-loop": "a current loop per thread, apart from the running loop",
  "recording-loop": "a loop whose public methods can be overridden and recorded",
  "exception-handler": "a loop exception handler that can be replaced",
  "global-debug": "a global debug mode switched on by the environment",
  "dev-mode": "a development mode of the interpreter that implies debug mode",
  warnings: "warnings that can be recorded",
  "warnings-as-errors": "warnings that can be turned into exceptions",
  "garbage-collection": "what nothing refers to can be collected on request, and its end be seen",
  "keyword-arguments": "what is passed by position can be passed by name as well",
} as const;

export type Feature = keyof typeof features;

/** Where a requirement comes from: a place in the chapter, a page it links to, or CPython itself. */
export type Source =
  | { readonly section: Section; readonly item?: number }
  | { readonly page: string }
  | { readonly cpython: string };

/** The parts of the chapter, as anchors of ours. */
export type Section =
  | "run"
  | "runner"
  | "runner.run"
  | "runner.close"
  | "runner.get_loop"
  | "lazy-initialisation"
  | "handling-keyboard-interruption";

/** One entry of a family, as written in its file. */
export interface RequirementEntry {
  /** One sentence of ours: an actor, an observable verb. */
  readonly text: string;
  /** Why it is so; binds nothing. */
  readonly because?: string;
  readonly basis: Basis;
  /** Before this edition the chapter was silent, so the basis there is `observed`. */
  readonly observedBefore?: Edition;
  /** First edition that asks for it. */
  readonly since: Edition;
  /** Last edition that asks for it; absent means the newest. */
  readonly until?: Edition;
  readonly source: readonly Source[];
  /** Features without which it cannot be decided; absent means none. */
  readonly needs?: readonly Feature[];
  /** What an implementer should look at when the test fails. */
  readonly hint: string;
  /** A patch-level truth an expectation file may need. */
  readonly note?: string;
  /** Entries of the inventory this requirement encodes. */
  readonly inventory: readonly string[];
  /** Why no test can decide it. */
  readonly untestable?: string;
  /** Why the id is no longer asked for; it is never reused. */
  readonly retired?: string;
}

/** A requirement of the catalogue. */
export interface Requirement extends RequirementEntry {
  /** `family.name`, dotted kebab, never reused. */
  readonly id: string;
  readonly family: string;
}

/** Requirements about one thing, by the second half of their id. */
export type Family<Name extends string = string> = Readonly<Record<Name, Requirement>>;

/** Names a family and its requirements; `title` says what the family is about. */
export function family<const Entries extends Record<string, RequirementEntry>>(
  name: string,
  title: string,
  entries: Entries,
): Family<keyof Entries & string> {
  titles.set(name, title);
  return Object.fromEntries(
    Object.entries(entries).map(([key, entry]) => [
      key,
      { ...entry, id: `${name}.${key}`, family: name },
    ]),
  ) as Family<keyof Entries & string>;
}

/** What a family is about, in a few words. */
export const familyTitle = (name: string): string => titles.get(name) ?? name;

const titles = new Map<string, string>();

/** Whether `edition` asks for `requirement`. */
export const applies = (requirement: RequirementEntry, edition: Edition): boolean =>
  isSince(edition, requirement.since) && isSince(requirement.until ?? newestEdition, edition);

/** The editions that ask for `requirement`, oldest first. */
export const editionsOf = (requirement: RequirementEntry): readonly Edition[] =>
  editions.filter((edition) => applies(requirement, edition));

/** Why `requirement` binds in `edition`. */
export const basisIn = (requirement: RequirementEntry, edition: Edition): Basis =>
  requirement.observedBefore !== undefined && !isSince(edition, requirement.observedBefore)
    ? "observed"
    : requirement.basis;
