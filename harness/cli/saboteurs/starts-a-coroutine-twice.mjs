import { returned, say, serve, step } from "./honest.mjs";

let finished = 0;

serve({ finish: ({ value }) => (finished++ === 0 ? say(step(1)) : returned(value)) });
