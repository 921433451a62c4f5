import { returned, serve } from "./honest.mjs";

serve({ finish: () => returned({ ref: 99, kind: "object" }) });
