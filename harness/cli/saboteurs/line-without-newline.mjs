import { serve, step, whenAskedToRun, write } from "./honest.mjs";

serve(whenAskedToRun((main) => write(JSON.stringify(step(main)))));
