import { z } from "zod";

import { UnusableResults } from "./coverage-columns";

/** Names of faults, by id of the requirement they were made for; those of other requirements count for nothing. */
const killMatrix = z.union([
  z
    .object({ requirements: z.record(z.string(), z.object({ killed: z.array(z.string()) })) })
    .transform(({ requirements }) =>
      Object.entries(requirements).map(([id, { killed }]) => [id, killed] as const),
    ),
  z.record(z.string(), z.array(z.string())).transform((matrix) => Object.entries(matrix)),
]);

/** How many faults the tests of each requirement have found out; those of which none was are left out. */
export function killsOf(text: string): ReadonlyMap<string, number> {
  const checked = killMatrix.safeParse(JSON.parse(text));
  if (!checked.success) {
    throw new UnusableResults(
      `expected a kill matrix, got something else: ${z.prettifyError(checked.error)}`,
    );
  }
  return new Map(
    checked.data
      .filter(([, faults]) => faults.length > 0)
      .map(([id, faults]) => [id, new Set(faults).size]),
  );
}
