import { say, serve } from "./honest.mjs";

serve({ close: () => say({ type: "closed", leaks: ["a thread", "a signal handler"] }) });
