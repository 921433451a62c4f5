import type { Requirement } from "../../spec/requirement";
import type { Verdict } from "../judge/verdict";
import { bodyLines } from "./body";
import { Cast } from "./cast";
import { evidenceOf, type Evidence } from "./evidence";
import type { Language } from "./language";
import { notesOf } from "./notes";
import { Needs, type BodyLines, type Setting } from "./setting";
import type { Shown } from "./shown";
import { isReference, type Activation, type Story } from "./story";

/** What a program is made from. */
export interface Told {
  readonly requirement: Requirement;
  /** The sentence of the test. */
  readonly sentence: string;
  /** What to write to get the subject again. */
  readonly subject: string;
  /** Added to the environment of the subject. */
  readonly env: Readonly<Record<string, string>>;
  readonly story: Story;
  readonly verdict: Verdict;
}

/** A program, and what it does not do. */
export interface Program {
  readonly source: string;
  /** What the puppets did that has no translation; empty for a complete program. */
  readonly missing: readonly string[];
  readonly shows: Evidence["kind"];
}

/** The parts of a program whose text a language still has to put together. */
export interface Parts {
  readonly setting: Setting;
  readonly needs: Needs;
  readonly script: BodyLines;
  readonly puppets: readonly PuppetPart[];
  /** The notes of the recorded run. */
  readonly recorded: readonly string[];
}

/** A puppet, and what it does each time it is called. */
export interface PuppetPart {
  readonly puppet: number;
  readonly kind: string;
  readonly name: string;
  readonly calls: readonly { readonly who: Activation; readonly body: BodyLines }[];
}

/** What a story comes to in a language. */
export function partsOf(
  { story, verdict }: Told,
  language: Language,
  reserved: readonly string[],
  evidence: Evidence = evidenceOf(story, verdict),
): Parts {
  const cast = new Cast(story, reserved, language);
  const known = knownEvidence(evidence, cast);
  const setting: Setting = {
    ...{ story, cast, language, evidence: known },
    concludes: concludingOf(story, verdict),
    remembered: rememberedBy(story, known),
  };
  const needs = new Needs();
  if (known.kind === "trace") needs.helpers.add(language.helpers.saw);
  const script = bodyLines(story.script, setting, needs);
  const puppets = [...story.puppets].map(([puppet, kind]) => ({
    ...{ puppet, kind, name: cast.bodies.get(puppet) ?? "puppet" },
    calls: story.activations
      .filter((who) => who.puppet === puppet)
      .map((who) => ({ who, body: bodyLines(who, setting, needs) })),
  }));
  const nameOf = ({ puppet }: Activation) =>
    puppet === undefined ? "script" : (cast.bodies.get(puppet) ?? "puppet");
  const recorded = notesOf(story, nameOf, needs.labels, language.expressions.said);
  return { setting, needs, script, puppets, recorded };
}

/** A command line that runs a program in the environment of its subject. */
export const commandLine = ({ env }: Told, command: string): string =>
  [
    ...Object.entries(env).map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'`),
    command,
  ].join(" ");

/** Operations of a story, by their protocol names. */
export const opsOf = ({ events }: Story): ReadonlySet<string> =>
  new Set(
    events.flatMap((event) =>
      event.type === "begin" && event.action.does.type === "call" ? [event.action.does.op] : [],
    ),
  );

/** What a verdict wants, in its own words. */
export const wantedBy = ({ message, expected }: Verdict): string =>
  message?.replace(/^expected /, "") ?? expected ?? "another outcome";

/** Evidence whose expectation a program can name; a trace otherwise. */
function knownEvidence(evidence: Evidence, cast: Cast): Evidence {
  const isKnown = (part: Shown): boolean =>
    part.type === "list"
      ? part.items.every(isKnown)
      : part.type === "reference"
        ? cast.things.has(part.ref)
        : part.type === "puppet"
          ? cast.bodies.has(part.puppet)
          : true;
  const shown = expectedBy(evidence);
  return shown === undefined || isKnown(shown) ? evidence : { kind: "trace" };
}

/** What a program looks at in the end, or lets go of before. */
function rememberedBy(story: Story, evidence: Evidence): Setting["remembered"] {
  const [refs, puppets] = [new Set<number>(forgottenIn(story)), new Set<number>()];
  const note = (shown: Shown): void => {
    if (shown.type === "reference") refs.add(shown.ref);
    else if (shown.type === "puppet") puppets.add(shown.puppet);
    else if (shown.type === "list") shown.items.forEach(note);
  };
  const shown = expectedBy(evidence);
  if (shown !== undefined) note(shown);
  return { refs, puppets };
}

const forgottenIn = ({ events }: Story): readonly number[] =>
  events.flatMap((event) => {
    if (event.type !== "begin" || event.action.does.type !== "call") return [];
    const { op, args } = event.action.does;
    return op === "object.forget" ? args.filter(isReference).map(({ ref }) => ref) : [];
  });

/** The value a program compares with. */
function expectedBy(evidence: Evidence): Shown | undefined {
  if (evidence.kind !== "values") return undefined;
  const { failsWhen } = evidence;
  if (failsWhen.type === "differs") return failsWhen.from;
  return failsWhen.type === "equals" ? failsWhen.value : undefined;
}

/** Whoever had the floor when the test ended; of a tight loop nothing ended, whoever was in it. */
function concludingOf(story: Story, verdict: Verdict): Activation | undefined {
  if (verdict.outcome === "timeout" || verdict.outcome === "crash") return undefined;
  if (story.last !== undefined) return story.last;
  return story.activations.find(({ actions }) => {
    const latest = actions.at(-1);
    return latest?.does.type === "spin" && latest.outcome === undefined;
  });
}
