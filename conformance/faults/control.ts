import type { ConformanceTest } from "../../harness/judge/suite";
import type { Edition } from "../../spec/editions";
import { commandFor, wholeReference } from "./command";
import { controlFault } from "./control-fault";
import { examine, patient } from "./examine";
import { findOut } from "./finding";

/** Why the self-test says nothing: what is whole must pass everything, and what runs nothing must be found out. */
export async function checkControls(
  suite: readonly ConformanceTest[],
  editions: readonly Edition[],
  jobs: number,
): Promise<string[]> {
  const complaints: string[] = [];
  const command = await commandFor(controlFault);
  const meant = suite.filter(({ requirement }) => requirement === controlFault.breaks);
  if (command === undefined || !(await findOut(controlFault, command, meant)).killed) {
    complaints.push(`nothing counts, since ${controlFault.name} survives`);
  }
  const queue = [...editions];
  const worker = async () => {
    for (let edition = queue.shift(); edition !== undefined; edition = queue.shift()) {
      const { failures } = await examine(wholeReference(edition), suite, {
        edition,
        allowed: patient,
        believes: () => false,
      });
      for (const { test, verdict } of failures) {
        const said = `${verdict.outcome}: ${verdict.message ?? ""}`;
        complaints.push(`the whole reference, as of ${edition}, fails ${test.title}\n  ${said}`);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return complaints;
}
