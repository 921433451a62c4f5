import { family } from "../requirement";

/** What comes out of a run. */
export const result = family("result", "Results and exceptions of a run", {
  "run-returns-the-object": {
    text: "run() returns the very object its coroutine returned.",
    basis: "stated",
    since: "3.7",
    source: [{ section: "run" }],
    needs: ["run"],
    hint: "Return the main task's result as it is: not the task, not a copy, not None.",
    inventory: ["RES-01"],
  },
  "runner-returns-the-object": {
    text: "Runner.run() returns the very object its coroutine returned, in every run.",
    basis: "stated",
    since: "3.11-draft",
    source: [{ section: "runner.run" }],
    needs: ["runner"],
    hint: "Keep no result from an earlier run; return the main task's result as it is.",
    inventory: ["RES-02"],
  },
});
