import { say, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => say({ type: "died", code: 1, signal: null })));
