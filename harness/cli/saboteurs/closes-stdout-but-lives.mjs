import { closeSync } from "node:fs";

import { liveOn, serve, whenAskedToRun } from "./honest.mjs";

liveOn();
serve(whenAskedToRun(() => closeSync(1)));
