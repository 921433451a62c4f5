import { serve } from "./honest.mjs";

serve({}, { features: ["run", "speed"] });
