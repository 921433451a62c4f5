import { createHash } from "node:crypto";

import { requirements } from "../../spec/catalogue";
import type { ConformanceTest } from "./suite";

/** A short name for what is asked: changes with every requirement and every test that is added, removed or reworded. */
export function digestOf(suite: readonly Pick<ConformanceTest, "title">[]): string {
  const asked = { requirements, tests: suite.map(({ title }) => title).sort() };
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 16);
}
