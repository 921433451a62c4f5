import { serve, step, whenAskedToRun, write } from "./honest.mjs";

serve(whenAskedToRun((main) => write(`\n \r\n${JSON.stringify(step(main))}\n\n`)));
