import { say, serve, step, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun((main) => say(step(main, { started: [{ puppet: 99, kind: "coroutine" }] }))));
