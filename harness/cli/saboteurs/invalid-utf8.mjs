import { Buffer } from "node:buffer";

import { serve, whenAskedToRun, write } from "./honest.mjs";

const latin1 = Buffer.from('{"type":"unsupported","reason":"caf\u00e9"}\n', "latin1");

serve(whenAskedToRun(() => write(latin1)));
