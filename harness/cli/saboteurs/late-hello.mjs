import { setTimeout } from "node:timers";

import { serve } from "./honest.mjs";

setTimeout(serve, 60_000);
