import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { packageRoot } from "../../harness/adapters/package-root";
import { requirements } from "../../spec/catalogue";
import type { Finding } from "./finding";

/** Which faults the tests of each requirement find out. */
export interface KillMatrix {
  readonly requirements: Readonly<Record<string, RequirementKills>>;
  /** Ids of requirements that have tests but no fault they have found out; those that bind first. */
  readonly unproven: readonly string[];
}

interface RequirementKills {
  /** Names of faults made for this requirement. */
  readonly killed: readonly string[];
  /** Names of faults made for other requirements that fail it too. */
  readonly alsoKilled: readonly string[];
}

/** Where the matrix of the last whole run is kept. */
const file = join(packageRoot(), "conformance/faults/kill-matrix.json");

export function matrixOf(findings: readonly Finding[]): KillMatrix {
  const tested = requirements.filter(
    ({ untestable, retired }) => untestable === undefined && retired === undefined,
  );
  const kills = tested.map((requirement) => {
    const meant = findings.filter(({ fault, killed }) => fault.breaks === requirement && killed);
    const others = findings.filter(
      ({ fault, failed }) => fault.breaks !== requirement && failed.includes(requirement.id),
    );
    return { requirement, killed: namesOf(meant), alsoKilled: namesOf(others) };
  });
  const unproven = kills
    .filter(({ killed }) => killed.length === 0)
    .map(({ requirement }) => requirement);
  return {
    requirements: Object.fromEntries(
      kills.map(({ requirement, killed, alsoKilled }) => [requirement.id, { killed, alsoKilled }]),
    ),
    unproven: [
      ...unproven.filter(({ basis }) => basis !== "observed"),
      ...unproven.filter(({ basis }) => basis === "observed"),
    ].map(({ id, basis }) => `${id} (${basis})`),
  };
}

const namesOf = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ fault }) => fault.name).sort();

const textOf = (matrix: KillMatrix): string => `${JSON.stringify(matrix, null, 2)}\n`;

export function writeMatrix(matrix: KillMatrix, to = file): void {
  writeFileSync(to, textOf(matrix));
}

/** Complaints if the committed matrix claims something else. What else a fault breaks is no claim. */
export function checkMatrix(matrix: KillMatrix): readonly string[] {
  const committed = JSON.parse(readFileSync(file, "utf8")) as KillMatrix;
  const ids = [...Object.keys(committed.requirements), ...Object.keys(matrix.requirements)];
  return [...new Set(ids)]
    .filter((id) => killedIn(committed, id) !== killedIn(matrix, id))
    .map(
      (id) =>
        `expected ${id} to be proven by ${killedIn(committed, id)}, as the kill matrix says, got ${killedIn(matrix, id)}; run npm run faults and commit the difference`,
    );
}

const killedIn = ({ requirements: kills }: KillMatrix, id: string): string =>
  kills[id]?.killed.join(", ") ?? "nothing";
