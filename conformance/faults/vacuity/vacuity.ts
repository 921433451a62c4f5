import { judge, type Allowances } from "../../../harness/judge/judge";
import { concerns, type ConformanceTest } from "../../../harness/judge/suite";
import type { FromAdapter } from "../../../harness/protocol/messages";
import { Adapter } from "../../../harness/session/adapter";
import { editions, type Edition } from "../../../spec/editions";
import { wholeReference } from "../command";
import { patient } from "../examine";
import { ProbeSession, type Answer } from "./probe-session";
import { probes, replay } from "./probes";

/** Nobody computes anything, so whatever is to come comes at once. */
const impatient: Allowances = { testMs: 1000, quietMs: 5 };

/** Complaints about tests that pass on something that does nothing. */
export async function checkVacuity(suite: readonly ConformanceTest[]): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const [edition, tests] of byLastEdition(suite)) {
    for (const [does, answer] of Object.entries(probes)) {
      const passed = await passesOf(tests, edition, () => answer);
      complaints.push(...passed.map((title) => `${title} passes on a probe that ${does}`));
    }
    const recorded = await record(tests, edition);
    const passed = await passesOf([...recorded.keys()], edition, (test) =>
      replay(recorded.get(test) ?? []),
    );
    complaints.push(...passed.map((title) => `${title} passes on answers of another session`));
  }
  return complaints;
}

/** Titles of the tests that pass. Nothing runs, so all are judged at once. */
async function passesOf(
  tests: readonly ConformanceTest[],
  edition: Edition,
  answerTo: (test: ConformanceTest) => Answer,
): Promise<readonly string[]> {
  const outcomes = await Promise.all(
    tests.map(async (test) => {
      const session = new ProbeSession(answerTo(test));
      const opener = { hello: session.hello, open: () => Promise.resolve(session) };
      return (await judge(test, opener, edition, impatient)).verdict.outcome;
    }),
  );
  return tests.filter((_, index) => outcomes[index] === "pass").map(({ title }) => title);
}

/** What the reference says in each test it passes. */
async function record(
  tests: readonly ConformanceTest[],
  edition: Edition,
): Promise<Map<ConformanceTest, readonly FromAdapter[]>> {
  const adapter = await Adapter.start(wholeReference(edition));
  const recorded = new Map<ConformanceTest, readonly FromAdapter[]>();
  for (const test of tests) {
    const { transcript, verdict } = await judge(test, adapter, edition, patient);
    if (verdict.outcome !== "pass") continue;
    const said = transcript
      .filter(({ from }) => from === "adapter")
      .map(({ message }) => message as FromAdapter)
      .filter(({ type }) => !["opened", "closed"].includes(type));
    recorded.set(test, said);
  }
  await adapter.stop();
  return recorded;
}

/** Each test once, under the last edition it concerns. */
function byLastEdition(suite: readonly ConformanceTest[]): Map<Edition, ConformanceTest[]> {
  const groups = new Map<Edition, ConformanceTest[]>();
  for (const test of suite) {
    const last = editions.findLast((edition) => concerns(test, edition));
    if (last !== undefined) groups.set(last, [...(groups.get(last) ?? []), test]);
  }
  return groups;
}
