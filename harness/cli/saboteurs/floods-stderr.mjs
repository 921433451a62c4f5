import { say, serve, step, whenAskedToRun } from "./honest.mjs";

serve(
  whenAskedToRun((main) => {
    for (let line = 0; line < 100_000; line++)
      process.stderr.write(`warning ${line} of very many\n`);
    say(step(main));
  }),
);
