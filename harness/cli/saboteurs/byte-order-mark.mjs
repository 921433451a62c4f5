import { serve, step, whenAskedToRun, write } from "./honest.mjs";

serve(whenAskedToRun((main) => write(`\ufeff${JSON.stringify(step(main))}\n`)));
