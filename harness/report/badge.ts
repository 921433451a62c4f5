import type { Statement } from "../judge/statement";
import { isFailure } from "../judge/verdict";
import { count } from "./describe";
import type { Report, SubjectReport } from "./model";

/** From the best to the worst that may be said. */
const colours = ["brightgreen", "green", "yellowgreen", "lightgrey", "red"] as const;
type Colour = (typeof colours)[number];

interface Badge {
  readonly message: string;
  readonly color: Colour;
}

/** The report in a few words, in the form that shields.io reads from an endpoint. */
export function badge({ subjects }: Report): string {
  const badges = subjects.map(badgeOf);
  const [only] = badges;
  const { message, color } = badges.length === 1 && only !== undefined ? only : together(badges);
  return `${JSON.stringify({ schemaVersion: 1, label: "asyncio Runners", message, color })}\n`;
}

function together(badges: readonly Badge[]): Badge {
  const conforming = badges.filter(({ color }) => ["brightgreen", "green"].includes(color));
  const worst = Math.max(...badges.map(({ color }) => colours.indexOf(color)));
  return {
    message: `${conforming.length} of ${count(badges.length, "implementation")} conform`,
    color: colours[worst] ?? "lightgrey",
  };
}

function badgeOf({ statement, error, provenance }: SubjectReport): Badge {
  const unknown = (message: string): Badge => ({ message, color: "lightgrey" });
  if (error !== undefined || statement === undefined) return unknown("not judged");
  const { sentence, verified } = statement;
  if (!verified || provenance.partial) return unknown(sentence);
  if (!provenance.complete) return unknown("not fully judged");
  return { message: sentence.split(", ")[0] ?? sentence, color: colourOf(statement) };
}

function colourOf({ conformant, compatible, requirements }: Statement): Colour {
  if (conformant.passed === conformant.of) {
    return compatible.passed === compatible.of ? "brightgreen" : "green";
  }
  const open = requirements
    .filter(({ basis }) => basis !== "observed")
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== "pass" && outcome !== "inapplicable");
  if (open.some(isFailure)) return "red";
  return open.every((outcome) => outcome === "unsupported") ? "yellowgreen" : "lightgrey";
}
