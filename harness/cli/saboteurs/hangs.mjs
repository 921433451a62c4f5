import { liveOn, serve } from "./honest.mjs";

liveOn();
serve({ finish: () => undefined });
