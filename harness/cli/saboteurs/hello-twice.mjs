import { hello, say, serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => say(hello())));
