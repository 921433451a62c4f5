import { returned, serve } from "./honest.mjs";

serve({ open: () => returned() });
