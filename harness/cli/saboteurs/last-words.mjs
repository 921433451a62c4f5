import { serve } from "./honest.mjs";

serve({ finish: () => process.stderr.write("out of luck\n", () => process.exit(1)) });
