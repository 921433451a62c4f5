import { closed, serve } from "./honest.mjs";

serve({
  close: () => {
    closed();
    process.exit(4);
  },
});
