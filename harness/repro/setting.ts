import type { Cast } from "./cast";
import type { Evidence } from "./evidence";
import type { Language } from "./language";
import type { Action, Activation, Story } from "./story";

/** What the bodies of a program share. */
export interface Setting {
  readonly story: Story;
  readonly cast: Cast;
  readonly evidence: Evidence;
  /** Who tells, at the end of its body, what came out. */
  readonly concludes: Activation | undefined;
  /** References and puppets whose names are known everywhere: they are looked at in the end, or let go. */
  readonly remembered: {
    readonly refs: ReadonlySet<number>;
    readonly puppets: ReadonlySet<number>;
  };
  readonly language: Language;
}

/** What was written, and what it needs. */
export class Needs {
  readonly helpers = new Set<string>();
  /** What could not be translated. */
  readonly missing: string[] = [];
  /** What is noted of an action, for those of which something is. */
  readonly labels = new Map<Action, string>();
}

/** The lines of a body, and the names they assign that are known outside of it. */
export interface BodyLines {
  readonly lines: readonly string[];
  readonly shared: readonly string[];
}

/** The variable that keeps what an action gave, where the verdict is about it; undefined for any other action. */
export function seenName(
  { evidence, language }: Pick<Setting, "evidence" | "language">,
  action: Action,
): string | undefined {
  if (evidence.kind !== "values") return undefined;
  const at = evidence.actions.indexOf(action);
  return at === -1 ? undefined : (seenNames({ evidence, language })[at] ?? "seen");
}

/** The variables that keep what the verdict is about. */
export function seenNames({
  evidence,
  language,
}: Pick<Setting, "evidence" | "language">): readonly string[] {
  if (evidence.kind !== "values") return [];
  return evidence.actions.length === 1
    ? ["seen"]
    : evidence.actions.map((_, index) => language.spelled(`seen_${index + 1}`));
}
