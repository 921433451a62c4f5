import { say, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => say({ type: "progress", percent: 50 })));
