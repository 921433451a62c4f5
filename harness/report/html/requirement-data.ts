import {
  basisIn,
  editionsOf,
  type Requirement,
  type RequirementEntry,
  type Source,
} from "../../../spec/requirement";
import type { RequirementData } from "./page-data";

/** What the page says of a requirement; `titles` are those of its tests. */
export const requirementData = (
  requirement: Requirement,
  titles: readonly string[],
): RequirementData => ({
  id: requirement.id,
  family: requirement.family,
  text: requirement.text,
  basis: requirement.basis,
  hint: requirement.hint,
  facts: factsOf(requirement),
  tests: titles.map((title) => title.slice(requirement.id.length + 2)),
});

function factsOf(requirement: Requirement): readonly (readonly [string, string])[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["because", requirement.because],
    ["basis", basis(requirement)],
    ["editions", editionsOf(requirement).join(", ")],
    ["source", requirement.source.map(sourceText).join(" · ")],
    ["needs", requirement.needs?.join(", ")],
    ["note", requirement.note],
    ["untestable", requirement.untestable],
    ["retired", requirement.retired],
  ];
  return facts.flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, value] as const],
  );
}

const meanings = {
  stated: "stated: the chapter says so",
  implied: "implied: a direct reading of the chapter, or a page it links to",
  observed: "observed: only CPython’s code or tests show it",
} as const;

function basis(requirement: RequirementEntry): string {
  const changed = editionsOf(requirement).filter(
    (edition) => basisIn(requirement, edition) !== requirement.basis,
  );
  const meaning = meanings[requirement.basis];
  return changed.length === 0 ? meaning : `${meaning}; only observed in ${changed.join(", ")}`;
}

function sourceText(source: Source): string {
  if ("page" in source) return source.page;
  if ("cpython" in source) return `CPython: ${source.cpython}`;
  return source.item === undefined ? source.section : `${source.section}, item ${source.item}`;
}
