import { opened, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(opened));
