import { serve } from "./honest.mjs";

serve({}, { protocol: 2 });
