import { say, serve } from "./honest.mjs";

serve({ finish: () => say({ type: "raised", exception: { ref: 1, kind: "exception" } }) });
