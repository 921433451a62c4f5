import * as chai from "chai";

import { RemoteException } from "./remote";
import { tells, type AnyOrder, type Trace } from "./trace";

declare global {
  // chai's types are extended the way its plug-ins do it.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Chai {
    interface Assertion {
      /** Is an exception of the subject whose class is, or derives from, the one of that name. */
      remote(type: string): Assertion;
      /** A trace with exactly these events; see `anyOrder`. */
      tell(story: readonly (string | AnyOrder)[]): Assertion;
    }
  }
}

/** Adds the assertions about remote exceptions and traces; failing ones print what really happened. */
export const assertions: Chai.ChaiPlugin = ({ Assertion }) => {
  Assertion.addMethod("remote", function (this: Chai.AssertionStatic & object, type: string) {
    const seen: unknown = (this as unknown as { _obj: unknown })._obj;
    const saw = seen instanceof RemoteException ? seen.message : String(seen);
    this.assert(
      seen instanceof RemoteException && seen.isA(type),
      `expected ${type}, got ${saw}`,
      `expected no ${type}, got ${saw}`,
      type,
      saw,
    );
  });
  Assertion.addMethod("tell", function (this: object, story: readonly (string | AnyOrder)[]) {
    const { events } = (this as { _obj: Trace })._obj;
    (this as unknown as { assert: Assert }).assert(
      tells(events, story),
      `expected the trace ${JSON.stringify(story)}, got ${JSON.stringify(events)}`,
      `expected another trace than ${JSON.stringify(events)}`,
      story,
      events,
      true,
    );
  });
};

type Assert = (
  holds: boolean,
  message: string,
  negated: string,
  expected: unknown,
  actual: unknown,
  diff?: boolean,
) => void;

chai.use(assertions);
// A message stands for itself in lists and logs: it shows values as they are.
chai.config.truncateThreshold = 400;

/** chai's `expect`, with our assertions. */
export const { expect } = chai;
