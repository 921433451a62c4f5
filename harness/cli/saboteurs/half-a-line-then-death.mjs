import { serve, whenAskedToRun } from "./honest.mjs";

serve(whenAskedToRun(() => process.stdout.write('{"type":"step","pup', () => process.exit(1))));
