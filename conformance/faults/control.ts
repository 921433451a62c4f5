import type { ConformanceTest } from "../../harness/judge/suite";
import type { Edition } from "../../spec/editions";
import { wholeReference } from "./command";
import { examine, patient } from "./examine";

/** Complaints about the self-test itself: what has no fault must pass, and what does nothing must fail. */
export async function checkControls(
  suite: readonly ConformanceTest[],
  editions: readonly Edition[],
  jobs: number,
): Promise<string[]> {
  const complaints: string[] = [];
  const queue = [...editions];
  const worker = async () => {
    for (let edition = queue.shift(); edition !== undefined; edition = queue.shift()) {
      const { failures } = await examine(wholeReference(edition), suite, {
        edition,
        allowed: patient,
        believes: () => true,
      });
      for (const { test, verdict } of failures) {
        complaints.push(
          `the reference as ${edition} has it fails ${test.title}: ${verdict.message ?? ""}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return complaints;
}
