import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { requirements } from "./catalogue";

/** Where the ids are pinned. */
export const idsFile = join(__dirname, "ids.txt");

/** What the file must say: every id, one a line, sorted, so that a change shows as one line. */
export const pinnedIds = (): string =>
  `${requirements
    .map(({ id }) => id)
    .sort()
    .join("\n")}\n`;

if (require.main === module) writeFileSync(idsFile, pinnedIds());
