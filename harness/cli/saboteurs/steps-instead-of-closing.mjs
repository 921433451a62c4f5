import { say, serve, step } from "./honest.mjs";

serve({ close: () => say(step(1)) });
