import { liveOn, serve } from "./honest.mjs";

process.on("SIGTERM", () => undefined);
liveOn();
serve();
