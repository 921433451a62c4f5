import { notice, say, serve, step, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun((main) => say(notice(main), step(main))));
