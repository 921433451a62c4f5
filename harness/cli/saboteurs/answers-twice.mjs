import { say, serve } from "./honest.mjs";

serve({ finish: ({ value }) => say({ type: "returned", value }, { type: "returned", value }) });
