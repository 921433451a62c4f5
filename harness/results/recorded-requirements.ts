import { requirementOf } from "../../spec/catalogue";
import type { Edition } from "../../spec/editions";
import { basisIn, type Basis, type Requirement } from "../../spec/requirement";

/** What a header says of a requirement. */
export interface Recorded {
  readonly id: string;
  readonly basis: Basis;
  /** Why it is counted nowhere; absent means that it counts. */
  readonly apart?: Pick<Requirement, "untestable"> | Pick<Requirement, "retired">;
}

/** The requirement a header means, as it was when it was judged by. */
export function recordedRequirement(recorded: Recorded, edition: Edition): Requirement {
  const known = requirementOf(recorded.id);
  if (known === undefined) return { ...stubOf(recorded), ...recorded.apart };
  if (isStillSo(known, recorded, edition)) return known;
  const was: { -readonly [Key in keyof Requirement]: Requirement[Key] } = { ...known };
  delete was.untestable;
  delete was.retired;
  delete was.observedBefore;
  return { ...was, basis: recorded.basis, ...recorded.apart };
}

function isStillSo(known: Requirement, { basis, apart = {} }: Recorded, edition: Edition): boolean {
  const [was, is] = [apart, known].map(
    (it: { readonly untestable?: string; readonly retired?: string }) =>
      it.retired ?? it.untestable,
  );
  return was === is && basisIn(known, edition) === basis;
}

/** For results of another version: enough for a report that says so. */
const stubOf = ({ id, basis }: Recorded): Requirement => ({
  id,
  family: id.split(".")[0] ?? id,
  text: `${id} is a requirement this version of runner-conformance does not know.`,
  basis,
  since: "3.7",
  source: [],
  hint: "Read this result with the version of runner-conformance that wrote it.",
  inventory: [],
});
