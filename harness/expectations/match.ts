import type { Edition } from "../../spec/editions";
import type { TestResult } from "../judge/statement";
import type { Verdict } from "../judge/verdict";
import type { Understood } from "./check";
import type { Entry } from "./file";
import type { Expectable } from "./schema";
import { inRange } from "./version";

/** What an expectation may depend on. */
export interface Circumstances {
  readonly edition: Edition;
  /** What the subject says of itself. */
  readonly platform: string;
  readonly version: string;
}

/** The entry that speaks about a test; a file without mistakes has at most one. */
export const entryFor = (
  entries: readonly Entry[],
  test: TestResult["test"],
  circumstances: Circumstances,
): Entry | undefined =>
  entries.find((entry) => holdsIn(entry, circumstances) && speaksAbout(entry, test));

/** Whether an entry names a test or its requirement. */
export const speaksAbout = (
  { requirement, test: title }: Pick<Understood, "requirement" | "test">,
  test: TestResult["test"],
): boolean =>
  title === test.title ||
  (requirement !== undefined && matchesPattern(test.requirement.id, requirement));

/** Whether an entry is meant for these circumstances. */
export const holdsIn = ({ when }: Pick<Entry, "when">, circumstances: Circumstances): boolean =>
  (when?.edition?.includes(circumstances.edition) ?? true) &&
  (when?.platform?.includes(circumstances.platform) ?? true) &&
  (when?.version === undefined || inRange(circumstances.version, when.version));

/** Whether what was found is what an entry expects. */
export const isMet = (entry: Entry, { outcome, message = "" }: Verdict): boolean =>
  (entry.outcome as readonly string[]).includes(outcome) &&
  (outcome === "pass" || message.startsWith(entry.message ?? ""));

/** Whether an id is the one named, or one of those that `*` stands for. */
export function matchesPattern(id: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(id);
}

/** Outcomes in a sentence. */
export const either = (outcomes: readonly Expectable[]): string => outcomes.join(" or ");
