import { liveOn } from "./honest.mjs";

liveOn();
