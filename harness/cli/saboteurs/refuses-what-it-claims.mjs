import { say, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => say({ type: "unsupported", reason: "there is no run()" })));
