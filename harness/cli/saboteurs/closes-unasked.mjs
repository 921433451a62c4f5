import { closed, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(closed));
