import { hello, liveOn, write } from "./honest.mjs";

write(JSON.stringify(hello()));
liveOn();
