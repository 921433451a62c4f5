import { serve } from "./honest.mjs";

serve({ open: () => process.exit(9) });
