import Mocha from "mocha";

import type { Edition } from "../../spec/editions";
import { familyTitle } from "../../spec/requirement";
import { judge, type Allowances, type Judgement, type Opener } from "./judge";
import type { ConformanceTest } from "./suite";
import { isFailure } from "./verdict";

/** What a lane is given. */
export interface LaneOptions {
  readonly edition: Edition;
  readonly allowed: Allowances;
  /** Hears every judgement as it comes. */
  readonly onJudged: (test: ConformanceTest, judgement: Judgement) => void;
  /** Once aborted, no further test starts. */
  readonly signal?: AbortSignal;
  /** Takes a test for this lane, when it is this lane's turn; false when another lane has it. Absent means there is no other. */
  readonly claim?: (test: ConformanceTest) => Promise<boolean>;
}

/**
 * Judges tests one after the other on one adapter, as one mocha run. Rejects with what stopped the lane when the
 * subject cannot be started any more; tests it did not reach are then simply not reported.
 */
export async function runLane(
  tests: Iterable<ConformanceTest>,
  opener: Opener,
  options: LaneOptions,
): Promise<void> {
  const mocha = new Mocha({ reporter: Silent, timeout: 0, bail: false });
  mocha.cleanReferencesAfterRun(false);
  let stopped: { readonly reason: unknown } | undefined;
  for (const test of tests) {
    suiteFor(mocha, test).addTest(
      new Mocha.Test(test.title, async function (this: Mocha.Context) {
        if (stopped !== undefined || options.signal?.aborted === true) this.skip();
        if ((await options.claim?.(test)) === false) this.skip();
        const judgement = await judge(test, opener, options.edition, options.allowed).catch(
          (reason: unknown) => {
            stopped = { reason };
            throw reason;
          },
        );
        options.onJudged(test, judgement);
        if (judgement.verdict.outcome === "unsupported") this.skip();
        if (isFailure(judgement.verdict.outcome)) throw new Error(judgement.verdict.message);
      }),
    );
  }
  await new Promise((resolve) => {
    mocha.run(resolve);
  });
  // Otherwise its runner goes on listening for uncaught exceptions.
  mocha.dispose();
  if (stopped !== undefined) throw stopped.reason;
}

function suiteFor(mocha: Mocha, test: ConformanceTest): Mocha.Suite {
  const title = familyTitle(test.requirement.family);
  return (
    mocha.suite.suites.find((suite) => suite.title === title) ??
    Mocha.Suite.create(mocha.suite, title)
  );
}

/** Prints nothing: reports are made from judgements. */
class Silent extends Mocha.reporters.Base {
  override epilogue(): void {
    // Nothing to say.
  }
}
