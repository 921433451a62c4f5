import { HarnessBug } from "../protocol/frames";

/** Events that may come in any order among themselves. */
export interface AnyOrder {
  readonly anyOrder: readonly string[];
}

/** Says that these events have no order among themselves. */
export const anyOrder = (...events: string[]): AnyOrder => ({ anyOrder: events });

/** What happened, in order. Record into it, then compare once with a literal. */
export interface Trace {
  (event: string): void;
  readonly events: readonly string[];
}

export function newTrace(): Trace {
  const events: string[] = [];
  return Object.assign((event: string) => void events.push(event), { events });
}

/** Whether `events` is told by `story`; every `anyOrder` group must be complete before what follows it. */
export function tells(events: readonly string[], story: readonly (string | AnyOrder)[]): boolean {
  if (story.length === 0)
    throw new HarnessBug("expected a story with at least one event, got none");
  let at = 0;
  for (const chapter of story) {
    const expected = typeof chapter === "string" ? [chapter] : [...chapter.anyOrder].sort();
    const seen = events.slice(at, at + expected.length).sort();
    if (seen.length !== expected.length || seen.some((event, i) => event !== expected[i]))
      return false;
    at += expected.length;
  }
  return at === events.length;
}
