import { requirementOf, requirements } from "../../../spec/catalogue";
import { basisIn, editionsOf, type Requirement, type Source } from "../../../spec/requirement";
import { loadSuite } from "../../judge/load-suite";
import { wrapped } from "../../report/layout";
import { exitCodes, type ExitCode } from "../exit-codes";
import type { Output } from "../output";
import { didYouMean, UsageError } from "../../usage-error";

/** Prints all there is to know about a requirement. Throws UsageError. */
export function show(id: string, output: Output): ExitCode {
  const requirement = requirementOf(id);
  if (requirement === undefined) {
    const ids = requirements.map((known) => known.id);
    throw new UsageError(
      `expected a requirement of the catalogue, got ${JSON.stringify(id)}` +
        (didYouMean(id, ids) || "; see runner-conformance list --requirements"),
    );
  }
  const tests = loadSuite({ slow: true }).filter((test) => test.requirement === requirement);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["because", requirement.because],
    ["basis", basis(requirement)],
    ["editions", editionsOf(requirement).join(", ")],
    ["source", requirement.source.map(sourceText).join(", ")],
    ["needs", requirement.needs?.join(", ")],
    ["hint", requirement.hint],
    ["note", requirement.note],
    ["inventory", requirement.inventory.join(", ")],
    ["untestable", requirement.untestable],
    ["retired", requirement.retired],
    ["tests", tests.map(({ title }) => title.slice(id.length + 2)).join("\n")],
  ];
  output.print([id, ...wrapped(requirement.text, output.width, "  "), ""].join("\n"));
  for (const [name, value] of facts) {
    if (value !== undefined && value !== "") output.print(fact(name, value, output.width));
  }
  return exitCodes.asExpected;
}

function fact(name: string, value: string, width: number): string {
  const indent = " ".repeat(12);
  return `${name.padEnd(12)}${wrapped(value, width, indent).join("\n").slice(indent.length)}`;
}

/** The basis, and the editions in which it is another one. */
function basis(requirement: Requirement): string {
  const changed = editionsOf(requirement).filter(
    (edition) => basisIn(requirement, edition) !== requirement.basis,
  );
  return changed.length === 0
    ? requirement.basis
    : `${requirement.basis}; only observed in ${changed.join(", ")}`;
}

function sourceText(source: Source): string {
  if ("page" in source) return source.page;
  if ("cpython" in source) return `CPython: ${source.cpython}`;
  return source.item === undefined ? source.section : `${source.section}, item ${source.item}`;
}
