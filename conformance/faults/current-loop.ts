import { thread } from "../../reference/current";
import { EventLoop } from "../../reference/loop/event-loop";
import { Runner } from "../../reference/runner";
import { currentLoop } from "../../spec/families/current-loop";
import type { Fault } from "./fault";
import { beforeRun, type Insides } from "./inside";
import { patch } from "./patch";

/** Wrong about the current loop. */
export const currentLoopFaults: readonly Fault[] = [
  {
    name: "get-event-loop-makes-another",
    does: "gives a new loop for get_event_loop() although one is running",
    breaks: currentLoop["asked-for-inside"],
    says: /expected loop#\d+ to equal loop#\d+/,
    inject: ({ operations, api }) => {
      operations["asyncio.get_event_loop"] = () => api.newEventLoop();
    },
  },
  {
    name: "never-sets-the-current-loop",
    does: "does not make the runner's loop the current one",
    breaks: currentLoop["set-while-running"],
    says: /expected null to equal loop#\d+/,
    inject: ({ api }) => {
      patch(policyOf(api.Runner), "setEventLoop", (set) => (loop) => {
        if (loop === null) set(null);
      });
    },
  },
  {
    name: "keeps-its-loop-current",
    does: "leaves its closed loop the current one after the run",
    breaks: currentLoop["none-after"],
    says: /expected loop#\d+ to equal null/,
    inject: ({ api }) => {
      patch(policyOf(api.Runner), "setEventLoop", (set) => (loop) => {
        if (loop !== null) set(loop);
      });
    },
  },
  {
    name: "sets-the-factorys-loop",
    does: "makes the loop of a loop factory the current one, too",
    breaks: currentLoop["untouched-with-factory"],
    says: /in main: expected loop#\d+ to equal loop#\d+/,
    inject: () => {
      patch(
        Runner.prototype,
        "makeLoop",
        (makeLoop) =>
          function () {
            const loop = makeLoop.call(this) as unknown;
            if (this.loopFactory !== null) this.policy.setEventLoop(loop);
            return loop;
          },
      );
    },
  },
  {
    name: "asks-the-policy-for-a-spare-loop",
    does: "has the policy make a loop before it asks the loop factory, and closes it at once",
    breaks: currentLoop["policy-not-consulted"],
    says: /calls of the policy: expected \[.*new_event_loop.*\] to deeply equal/,
    inject: () => {
      patch(
        Runner.prototype,
        "makeLoop",
        (makeLoop) =>
          function () {
            if (this.loopFactory !== null) this.policy.newEventLoop().close();
            return makeLoop.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "always-unsets-the-current-loop",
    does: "leaves no current loop at the end, also where a loop factory had set one",
    breaks: currentLoop["kept-when-factory-set-it"],
    says: /expected null to equal loop#\d+/,
    inject: () => {
      patch(
        Runner.prototype,
        "end",
        (end) =>
          function (loop) {
            end.call(this, loop);
            this.policy.setEventLoop(null);
          },
      );
    },
  },
  {
    name: "sets-it-in-every-run",
    does: "makes its loop the current one again in every run",
    breaks: currentLoop["set-once-per-runner"],
    says: /expected loop#\d+ to equal loop#\d+/,
    inject: () => {
      beforeRun(function () {
        if (this.loopFactory === null && this.loop !== null) this.policy.setEventLoop(this.loop);
      });
    },
  },
  {
    name: "sets-it-in-the-first-run",
    does: "makes its loop the current one when it first runs, not when it makes it",
    breaks: currentLoop["set-at-initialisation"],
    says: /expected \[ null, null \] to deeply equal \[ null, loop#\d+ \]/,
    inject: ({ atEnd }) => {
      let running = false;
      patch(
        Runner.prototype,
        "makeLoop",
        (makeLoop) =>
          function () {
            const before = thread.currentLoop;
            const loop = makeLoop.call(this) as unknown;
            if (!running) thread.currentLoop = before;
            return loop;
          },
      );
      patch(
        Runner.prototype,
        "run",
        (run) =>
          function (this: Insides, ...args) {
            running = true;
            try {
              if (this.loop !== null && this.loopFactory === null) thread.currentLoop = this.loop;
              return run.apply(this, args) as unknown;
            } finally {
              running = false;
            }
          },
      );
      atEnd.push(() => (running = false));
    },
  },
  {
    name: "current-loop-for-all-threads",
    does: "keeps one current loop for all threads",
    breaks: currentLoop["only-own-thread"],
    says: /expected no exception, got RuntimeError: There is no current event loop/,
    python: { run: "shared_current_loop:run", runner: "shared_current_loop:Runner" },
  },
  {
    name: "makes-a-loop-of-its-own-class",
    does: "makes its loop of another class than new_event_loop()",
    breaks: currentLoop["default-made-by-new-event-loop"],
    says: /expected function#\d+ to equal function#\d+/,
    alsoBreaks: ["loop-factory"],
    inject: ({ api }) => {
      class OwnLoop extends EventLoop {}
      patch(policyOf(api.Runner), "newEventLoop", () => () => new OwnLoop());
    },
  },
];

/** How a runner gets and sets loops. */
const policyOf = (RunnerClass: unknown): object => (RunnerClass as { policy: object }).policy;
