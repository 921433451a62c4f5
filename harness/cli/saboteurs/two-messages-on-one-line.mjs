import { notice, serve, step, whenAskedToRun, write } from "./honest.mjs";

serve(
  whenAskedToRun((main) => write(`${JSON.stringify(notice(main))}${JSON.stringify(step(main))}\n`)),
);
