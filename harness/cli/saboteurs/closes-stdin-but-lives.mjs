import { liveOn, serve, whenAskedToRun } from "./honest.mjs";

liveOn();
serve(whenAskedToRun(() => process.stdin.destroy()));
