import { drivingHelpers } from "./driving-helpers";
import { lookingHelpers } from "./looking-helpers";
import { worldHelpers } from "./world-helpers";

/** A function that is written into a program which needs it. */
export interface Helper {
  /** Other helpers it needs. */
  readonly needs: readonly string[];
  readonly lines: string;
}

/** What has no equivalent of one line, in the order in which a program has it. */
export const helpers = {
  ...drivingHelpers,
  ...worldHelpers,
  ...lookingHelpers,
} as const satisfies Readonly<Record<string, Helper>>;

export type HelperName = keyof typeof helpers;

/** Helpers with all that they need themselves, in the order of the table. */
export function allNeeded(names: Iterable<string>): readonly HelperName[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    (helpers[name as HelperName].needs as readonly string[]).forEach(add);
  };
  for (const name of names) add(name);
  return (Object.keys(helpers) as HelperName[]).filter((name) => found.has(name));
}
