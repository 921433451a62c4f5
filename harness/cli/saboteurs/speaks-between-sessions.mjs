import { say, serve } from "./honest.mjs";

serve({ close: () => say({ type: "closed" }, { type: "closed" }) });
