import type { Value } from "../protocol/values";
import type { Verdict } from "../judge/verdict";
import { readShown, type Shown } from "./shown";
import {
  givenBy,
  isException,
  isList,
  isPuppet,
  isReference,
  type Action,
  type Story,
} from "./story";

/** By what a program shows the failure. */
export type Evidence =
  | {
      /** What these actions give, one value or a list of them. */
      readonly kind: "values";
      readonly actions: readonly Action[];
      readonly asList: boolean;
      readonly failsWhen: Criterion;
    }
  /** Everything that happens, in order. */
  | { readonly kind: "trace" }
  | { readonly kind: "hang" }
  | { readonly kind: "crash" };

/** When a value is the failure. */
export type Criterion =
  | { readonly type: "differs"; readonly from: Shown }
  | { readonly type: "equals"; readonly value: Shown }
  | { readonly type: "is-not-a"; readonly name: string }
  | { readonly type: "is-returned" }
  | { readonly type: "is-raised" };

/** What of a story shows that verdict. */
export function evidenceOf(story: Story, verdict: Verdict): Evidence {
  if (verdict.outcome === "timeout") return { kind: "hang" };
  if (verdict.outcome === "crash") return { kind: "crash" };
  const answered = story.events.flatMap((event) => (event.type === "answer" ? [event.action] : []));
  return (
    missingException(answered, verdict) ??
    unwantedException(answered, verdict) ??
    otherException(answered, verdict) ??
    comparison(answered, verdict) ?? { kind: "trace" }
  );
}

function missingException(answered: readonly Action[], { message = "" }: Verdict) {
  const [, said] = /^expected an exception, but (.*) was returned$/s.exec(message) ?? [];
  const found = answered.findLast(({ outcome }) => outcome !== undefined && "returned" in outcome);
  const given = found === undefined ? undefined : givenBy(found);
  if (found === undefined || given === undefined || asText(given) !== said) return undefined;
  return values([found], { type: "is-returned" });
}

function unwantedException(answered: readonly Action[], { message = "" }: Verdict) {
  const [, said] = /^expected no exception, got (.*)$/s.exec(message) ?? [];
  const found = answered.findLast(({ outcome }) => outcome !== undefined && "raised" in outcome);
  if (said === undefined || found === undefined || asText(givenBy(found) ?? null) !== said)
    return undefined;
  return values([found], { type: "is-raised" });
}

function otherException(answered: readonly Action[], { message, expected, actual }: Verdict) {
  if (expected === undefined || actual === undefined) return undefined;
  if (!(message ?? "").endsWith(`expected ${expected}, got ${actual}`)) return undefined;
  const found = answered.findLast((action) => {
    const given = givenBy(action);
    return given !== undefined && asText(given) === actual && !isSilent(action);
  });
  return found === undefined ? undefined : values([found], { type: "is-not-a", name: expected });
}

function comparison(answered: readonly Action[], { expected, actual }: Verdict) {
  const seen = actual === undefined ? undefined : readShown(actual);
  if (seen === undefined) return undefined;
  const asList = seen.type === "list";
  const actions = matching(answered, asList ? seen.items : [seen]);
  if (actions === undefined) return undefined;
  const wanted = expected === undefined ? undefined : readShown(expected);
  const differs = wanted !== undefined && expected !== actual;
  return values(
    actions,
    differs ? { type: "differs", from: wanted } : { type: "equals", value: seen },
    asList,
  );
}

/** The latest actions that gave these values, in this order. */
function matching(
  answered: readonly Action[],
  seen: readonly Shown[],
): readonly Action[] | undefined {
  if (seen.length === 0) return undefined;
  const found: Action[] = [];
  let before = answered.length;
  for (const shown of seen.toReversed()) {
    const at = answered.slice(0, before).findLastIndex((action) => {
      const given = givenBy(action);
      return given !== undefined && !isSilent(action) && isShownAs(given, shown);
    });
    const action = answered[at];
    if (action === undefined) return undefined;
    found.unshift(action);
    before = at;
  }
  return found;
}

const values = (
  actions: readonly Action[],
  failsWhen: Criterion,
  asList = false,
): Extract<Evidence, { kind: "values" }> => ({ kind: "values", actions, asList, failsWhen });

/** Whether an action says nothing by what it returns. */
const isSilent = ({ does, outcome }: Action): boolean =>
  outcome !== undefined &&
  "returned" in outcome &&
  does.type === "call" &&
  /\.(close|stop|new|set_\w+|add_\w+|call_\w+|submit|as_errors|print|ContextVar|copy_context|Context|new_event_loop|create_\w+)$/.test(
    does.op,
  );

function isShownAs(value: Value, shown: Shown): boolean {
  switch (shown.type) {
    case "scalar":
      return value === shown.value;
    case "reference":
      return isReference(value) && value.ref === shown.ref;
    case "puppet":
      return isPuppet(value) && value.puppet === shown.puppet;
    case "list":
      return (
        isList(value) &&
        value.length === shown.items.length &&
        shown.items.every((item, index) => isShownAs(value[index] ?? null, item))
      );
  }
}

/** A value as JavaScript's String() tells what a test holds for it. */
function asText(value: Value): string {
  if (isException(value))
    return value.message === "" ? value.type : `${value.type}: ${value.message}`;
  if (value === null || typeof value !== "object") return String(value);
  if (isPuppet(value)) return `${value.kind} puppet ${value.puppet}`;
  if (isList(value)) return value.map((item) => (item === null ? "" : asText(item))).join(",");
  return isReference(value) ? `${value.kind}#${value.ref}` : "[object Object]";
}
