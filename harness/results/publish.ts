import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { resultSchema } from "./json-schema";
import { resultVersion } from "./records";

/** Rewrites what is published of result files: `npm run schema`. */
const docs = join(__dirname, "../../docs");
writeFileSync(join(docs, `result-v${resultVersion}.schema.json`), resultSchema());
