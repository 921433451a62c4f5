import { returned, serve } from "./honest.mjs";

serve({ finish: () => returned({ puppet: 99, kind: "coroutine" }) });
