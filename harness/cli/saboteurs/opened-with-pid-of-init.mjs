import { say, serve } from "./honest.mjs";

serve({ open: () => say({ type: "opened", pid: 1 }) });
