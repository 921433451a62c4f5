import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { jsonSchema } from "./json-schema";
import { withTables } from "./reference-tables";

/** Rewrites what is published of the protocol: `npm run schema`. */
const docs = join(__dirname, "../../docs");
writeFileSync(join(docs, "protocol-v1.schema.json"), jsonSchema());
const page = join(docs, "protocol.md");
writeFileSync(page, withTables(readFileSync(page, "utf8")));
