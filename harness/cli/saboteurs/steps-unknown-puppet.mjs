import { say, serve, step, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => say(step(99))));
