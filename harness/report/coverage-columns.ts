import { z } from "zod";

import { isEdition } from "../../spec/editions";
import { applies, type Requirement } from "../../spec/requirement";
import { isFailure, outcomes, type Outcome } from "../judge/verdict";
import { referenceColumn, type Column, type Mark } from "./coverage";

/** The results cannot be made a coverage report of. */
export class UnusableResults extends Error {
  override readonly name = "UnusableResults";
}

const score = z.object({ passed: z.int(), of: z.int() });

/** The part of `run --json` that a coverage report is made of. */
const results = z.object({
  schemaVersion: z.literal(1),
  complete: z.literal(true),
  subjects: z.array(
    z.object({
      subject: z.string(),
      identity: z.object({ name: z.string(), version: z.string() }).nullable(),
      edition: z.string().nullable(),
      error: z.object({ message: z.string() }).nullable(),
      statement: z
        .object({ conformant: score, compatible: score, unsupported: z.array(z.string()) })
        .nullable(),
      requirements: z.array(z.object({ id: z.string(), outcome: z.enum(outcomes) })),
    }),
  ),
});
type Judged = z.infer<typeof results>["subjects"][number];

/** The columns that the results of one or more runs of the whole suite fill. Throws UnusableResults. */
export function columnsOf(
  texts: readonly string[],
  requirements: readonly Requirement[],
): readonly Column[] {
  const columns = new Map<string, GrowingColumn>();
  for (const judged of texts.flatMap((text) => parsed(text).subjects)) {
    refusePart(judged, requirements);
    const name = nameOf(judged);
    const column = columns.get(name) ?? { name, marks: new Map<string, Mark>(), runs: [] };
    columns.set(name, column);
    for (const { id, outcome } of judged.requirements) {
      const marks = [column.marks.get(id) ?? "–", markOf(outcome, id, judged)];
      column.marks.set(id, weightiest(marks));
    }
    const row = runOf(judged);
    if (!column.runs.some(([edition]) => edition === row[0])) column.runs.push(row);
  }
  return [...columns.values()];
}

interface GrowingColumn extends Column {
  readonly marks: Map<string, Mark>;
  readonly runs: (readonly string[])[];
}

function parsed(text: string): z.infer<typeof results> {
  const checked = results.safeParse(JSON.parse(text));
  if (checked.success) return checked.data;
  throw new UnusableResults(
    `expected the file of a complete run --json, got another one: ${z.prettifyError(checked.error)}`,
  );
}

/** Nothing must look as if it were not asked for only because it was left out. */
function refusePart({ subject, edition, error, ...judged }: Judged, all: readonly Requirement[]) {
  if (error !== null || edition === null || !isEdition(edition)) return;
  const left = all.find(
    (requirement) =>
      applies(requirement, edition) &&
      requirement.untestable === undefined &&
      requirement.retired === undefined &&
      judged.requirements.every(({ id }) => id !== requirement.id),
  );
  if (left === undefined) return;
  throw new UnusableResults(
    `expected a run of the whole suite, got one without ${left.id} on ${subject}; run without --family, --requirement and --grep`,
  );
}

function nameOf({ subject, identity, error }: Judged): string {
  if (identity === null || error !== null) {
    throw new UnusableResults(
      `expected ${subject} to be judged to the end, got ${error?.message ?? "no hello"}`,
    );
  }
  return /^reference(@|$)/.test(subject)
    ? referenceColumn
    : `${identity.name} ${identity.version}`.replace(/[|\n]/g, " ");
}

function runOf({ edition, statement, requirements }: Judged): readonly string[] {
  const { conformant, compatible, unsupported = [] } = statement ?? {};
  const ratio = (of: typeof conformant) => (of === undefined ? "" : `${of.passed}/${of.of}`);
  return [
    edition ?? "",
    ratio(conformant),
    ratio(compatible),
    String(requirements.filter(({ outcome }) => isFailure(outcome)).length),
    String(unsupported.length),
  ];
}

function markOf(outcome: Outcome, id: string, { subject, edition }: Judged): Mark {
  if (isFailure(outcome)) return "✗";
  if (outcome === "pass") return "✓";
  if (outcome === "unsupported") return "?";
  if (outcome === "inapplicable") return "–";
  throw new UnusableResults(
    `expected every requirement to be decided, got ${outcome} for ${id} on ${subject} by ${edition ?? "no edition"}`,
  );
}

/** What several editions say together: a failure wins, and what was decided wins over what was not. */
const weightiest = (marks: readonly Mark[]): Mark =>
  (["✗", "✓", "?", "–"] as const).find((mark) => marks.includes(mark)) ?? "–";
