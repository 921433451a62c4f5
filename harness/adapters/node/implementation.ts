/**
 * What a JavaScript or TypeScript implementation tells the Node adapter about itself: the default export of the
 * module that `node:./module.js` names, or a function of the edition that returns it. See docs/adapter.md.
 */
export interface Implementation {
  readonly name: string;
  readonly version: string;
  /** Further facts for reports. Absent means none. */
  readonly details?: Readonly<Record<string, string>>;
  /** Editions it claims, oldest first. */
  readonly editions: readonly string[];
  /** Features it has, see spec/requirement.ts. What is not listed is not judged. */
  readonly features: readonly string[];

  /** Makes native things that do what a script says. Kinds it does not have are absent. */
  readonly puppets: {
    /** A coroutine in the implementation's own form. Making it must run nothing. */
    readonly coroutine: (script: Script) => unknown;
    /** A coroutine function. */
    readonly "coroutine-function"?: (script: Script) => unknown;
    /** An asynchronous generator object. */
    readonly "async-generator"?: (script: Script) => unknown;
    /** Something that is no coroutine but can be awaited. */
    readonly awaitable?: (script: Script) => unknown;
  };

  /**
   * Operations by their protocol name, see docs/protocol.md. A promise that is returned is awaited where the caller can
   * wait: at the top, in coroutines, and in functions the adapter itself calls. The adapter brings `object.*`,
   * `recorder.*`, `job.*`, `threading.*`, `warnings.*`, `stream.*` and `signal.*`, each of which may be replaced.
   */
  readonly operations: Readonly<Record<string, Operation>>;

  /** The protocol's word for one of its objects. Absent or undefined means `object`. */
  readonly kindOf?: (object: object) => string | undefined;
  /** Describes something that was thrown. Absent means by its constructor and its bases. */
  readonly describe?: (thrown: unknown) => Description;

  /** Turns its global debug mode on or off. Needed for the feature global-debug. */
  readonly setGlobalDebug?: (enabled: boolean) => void;
  /** Who handles SIGINT while none of Node's listeners does. Absent means the language's default. */
  readonly handlesInterrupt?: () => boolean;
  /** Undoes what a session left behind in this process and names it. Absent means nothing can be left. */
  readonly cleanUp?: () => readonly string[];
}

export type Operation = (request: {
  readonly on: unknown;
  readonly args: readonly unknown[];
  /** By asyncio's names (`loop_factory`). */
  readonly kwargs: Readonly<Record<string, unknown>>;
}) => unknown;

/** How a thrown value appears in verdicts: asyncio's names, most derived first. */
export interface Description {
  readonly type: string;
  readonly bases: readonly string[];
  readonly message: string;
  readonly args?: readonly unknown[];
}

/** A function for an executor, as operations get it: `name` of the module at `module`, called with `args`. */
export interface Job {
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What happened to a puppet since its last instruction. */
export type Outcome =
  | { readonly started: readonly unknown[] }
  | { readonly returned: unknown }
  | { readonly raised: unknown };

/** What a puppet has to do until its next call of `next`. */
export type Instruction =
  | { readonly do: "await"; readonly value: unknown }
  | { readonly do: "yield"; readonly value: unknown }
  | { readonly do: "return"; readonly value: unknown }
  | { readonly do: "throw"; readonly error: unknown };

/**
 * Tells one activation of a puppet what to do. `next` blocks the thread, like synchronous user code, until the harness
 * has decided; it never throws. The first call passes what the puppet was called with: `{ started: [] }`.
 */
export interface Script {
  readonly begin: () => { readonly next: (outcome: Outcome) => Instruction };
}
