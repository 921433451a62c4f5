import { serve, whenAskedToRun, write } from "./honest.mjs";

serve(whenAskedToRun(() => write("Hello world\n")));
