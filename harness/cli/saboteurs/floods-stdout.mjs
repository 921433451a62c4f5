import { serve, whenAskedToRun, write } from "./honest.mjs";

serve(
  whenAskedToRun(() => {
    for (;;) write("warning: one of very many\n");
  }),
);
