import { z } from "zod";

import { record, resultVersion } from "./records";

/** One line of a result file as JSON Schema (2020-12), for readers in other languages. Same input, same bytes. */
export function resultSchema(): string {
  // What is read may have more fields than we know: that is what `input` says.
  const schema = z.toJSONSchema(record, { io: "input" });
  const titled = {
    ...schema,
    title: `one line of a runner-conformance result, version ${resultVersion}`,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
