import { serve } from "./honest.mjs";

serve({ close: () => undefined });
