import { say, serve, whenAskedToRun } from "./honest.mjs";

serve(
  whenAskedToRun(() => say({ type: "died", code: 0, signal: null })),
  { isolation: "fork" },
);
