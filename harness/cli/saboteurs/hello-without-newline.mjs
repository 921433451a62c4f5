import { liveOn, write } from "./honest.mjs";

write('{"type":"hello"}');
liveOn();
