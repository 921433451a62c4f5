import { family } from "../requirement";

/** Runs in threads other than the main one. */
export const threads = family("threads", "Runs in other threads", {
  "runs-in-any-thread": {
    text: "A run in a thread other than the main one gives main's result or exception.",
    basis: "implied",
    since: "3.7",
    source: [{ section: "run" }, { section: "runner.run" }],
    needs: ["threads"],
    hint: "Only the main thread may install signal handlers; do without them elsewhere.",
    inventory: ["THR-01"],
  },
  "runs-side-by-side": {
    text: "Runs that are under way in several threads at the same time each have their own loop and result.",
    because: "Only a loop that runs in the same thread forbids a run.",
    basis: "implied",
    since: "3.7",
    source: [{ section: "run" }, { section: "runner.run" }],
    needs: ["threads"],
    hint: "Keep the running loop per thread; hold no lock and no global state during a run.",
    inventory: ["THR-02"],
  },
  "handler-is-left-alone": {
    text: "A run in a thread other than the main one does not change how SIGINT is handled.",
    basis: "implied",
    since: "3.11",
    source: [{ section: "handling-keyboard-interruption" }],
    needs: ["threads", "signals"],
    hint: "Install the handler only when the run is in the main thread.",
    inventory: ["THR-03"],
  },
  "interrupt-spares-other-threads": {
    text: "A SIGINT while only another thread is in a run raises KeyboardInterrupt in the main thread, and that run completes.",
    basis: "implied",
    since: "3.7",
    source: [{ section: "handling-keyboard-interruption" }],
    needs: ["threads", "signals", "default-int-handler"],
    hint: "Ctrl-C belongs to the main thread: cancel only a main task that runs there.",
    inventory: ["THR-04"],
  },
});
