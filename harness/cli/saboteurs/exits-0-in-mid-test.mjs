import { serve } from "./honest.mjs";

serve({ finish: () => process.exit(0) });
