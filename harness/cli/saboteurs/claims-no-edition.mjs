import { serve, someone } from "./honest.mjs";

serve({}, { subject: someone, editions: [] });
