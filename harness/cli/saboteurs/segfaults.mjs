import { dieBy, serve } from "./honest.mjs";

serve({ finish: () => dieBy("SIGSEGV") });
