import type { z } from "zod";

import { fromAdapter, fromHarness } from "./messages";
import { featureOf, ops, type OpName } from "./ops";

/** `text` with the content between each `<!-- name -->` and `<!-- /name -->` replaced by that table. */
export function withTables(text: string): string {
  return Object.entries(tables()).reduce((page, [name, table]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [page.indexOf(open), page.indexOf(close)];
    if (from < 0 || to < from)
      throw new Error(`expected ${open} and ${close} in the page, got none`);
    return `${page.slice(0, from + open.length)}\n\n${table}\n\n${page.slice(to)}`;
  }, text);
}

function messageTable(messages: readonly z.ZodObject[]): string {
  const rows = messages.flatMap((message) => {
    const { type, ...fields } = message.shape as Record<string, z.ZodType>;
    const name = (type as z.ZodLiteral).value as string;
    const head = `| \`${name}\` | | ${cell(message.description)} |`;
    return [head, ...Object.entries(fields).map(([field, schema]) => fieldRow(field, schema))];
  });
  return ["| message | field | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

const fieldRow = (name: string, schema: z.ZodType): string =>
  `| | \`${name}\`${schema.safeParse(undefined).success ? "?" : ""} | ${cell(schema.description)} |`;

function operationTable(): string {
  const rows = (Object.keys(ops) as OpName[]).map(
    (op) => `| \`${op}\` | ${cell(ops[op].does)} | ${featureOf(op) ?? ""} |`,
  );
  return ["| operation | what it does | feature |", "| --- | --- | --- |", ...rows].join("\n");
}

const cell = (text = ""): string => text.replaceAll("|", "\\|");

/** The tables of docs/protocol.md, by the name between their markers; made from the schema and the operations. */
const tables = (): Readonly<Record<string, string>> => ({
  "messages from the harness": messageTable(fromHarness.options),
  "messages from the adapter": messageTable(fromAdapter.options),
  operations: operationTable(),
});
