import { write } from "./honest.mjs";

write('{"type":"hello"');
