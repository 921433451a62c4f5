import { notice, say, serve, whenAskedToRun } from "./honest.mjs";

serve(
  whenAskedToRun((main) => {
    for (;;) say(notice(main));
  }),
);
