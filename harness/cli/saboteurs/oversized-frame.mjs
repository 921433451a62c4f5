import { returned, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => returned("x".repeat(2 ** 20))));
