import { serve, whenAskedToRun, write } from "./honest.mjs";

serve(whenAskedToRun(() => write("[1, 2]\n")));
