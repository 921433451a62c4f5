import { serve } from "./honest.mjs";

serve({ open: () => undefined });
