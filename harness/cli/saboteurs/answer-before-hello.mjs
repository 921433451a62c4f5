import { returned, serve } from "./honest.mjs";

returned();
serve();
