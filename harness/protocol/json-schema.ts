import { z } from "zod";

import { fromAdapter, fromHarness, protocolNumber } from "./messages";

/** The protocol as JSON Schema (2020-12), for adapters in other languages. Same input, same bytes. */
export function jsonSchema(): string {
  const schema = z.toJSONSchema(
    z.union([fromHarness.meta({ id: "FromHarness" }), fromAdapter.meta({ id: "FromAdapter" })]),
  );
  const titled = { ...schema, title: `runner-conformance protocol ${protocolNumber}` };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
