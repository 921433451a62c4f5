import { say, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => say({ type: "adapter-error", message: "unknown operation" })));
