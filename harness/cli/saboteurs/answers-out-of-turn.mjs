import { say, serve, step, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun((main) => say(step(main), { type: "returned", value: null })));
