import { setImmediate } from "node:timers/promises";

import { serve, step, whenAskedToRun, write } from "./honest.mjs";

serve(
  whenAskedToRun(async (main) => {
    for (const byte of `${JSON.stringify(step(main))}\n`) {
      write(byte);
      await setImmediate();
    }
  }),
);
