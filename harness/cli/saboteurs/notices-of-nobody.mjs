import { notice, say, serve, step, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun((main) => say(notice(99), notice(main), step(main))));
