import { thread } from "../../reference/current";
import { RuntimeError } from "../../reference/errors";
import { EventLoop } from "../../reference/loop/event-loop";
import * as loopFactories from "../../reference/loop-factory";
import { Runner } from "../../reference/runner";
import { lazyInitialisation } from "../../spec/families/lazy-initialisation";
import type { Fault } from "./fault";
import { beforeRun, type Insides } from "./inside";
import { patch } from "./patch";

/** Wrong about when a runner makes what it needs. */
export const lazyInitialisationFaults: readonly Fault[] = [
  {
    name: "makes-the-loop-at-once",
    does: "makes its loop when it is made itself",
    breaks: lazyInitialisation["constructor-makes-no-loop"],
    says: /got \["loop made","constructed"\]$/,
    alsoBreaks: ["current-loop", "context", "loop-factory", "debug", "async-generators"],
    inject: ({ operations }) => {
      patch(operations, "asyncio.Runner", (make) => (request) => (make(request) as Runner).enter());
    },
  },
  {
    name: "constructor-unsets-the-current-loop",
    does: "leaves no current loop once a runner is made",
    breaks: lazyInitialisation["constructor-keeps-current-loop"],
    says: /expected null to equal loop#\d+/,
    alsoBreaks: ["current-loop"],
    inject: ({ operations }) => {
      patch(operations, "asyncio.Runner", (make) => (request) => {
        thread.currentLoop = null;
        return make(request) as unknown;
      });
    },
  },
  {
    name: "enters-without-a-loop",
    does: "makes no loop when it is entered",
    breaks: lazyInitialisation["entering-initialises"],
    says: /got \["constructed","body runs"\]$/,
    alsoBreaks: ["current-loop", "close", "context"],
    inject: () => {
      patch(
        Runner.prototype,
        "enter",
        () =>
          function () {
            return this as unknown;
          },
      );
    },
  },
  {
    name: "enters-as-its-loop",
    does: "gives its loop to the with block instead of itself",
    breaks: lazyInitialisation["entering-gives-the-runner"],
    says: /expected loop#\d+ to equal runner#\d+/,
    inject: () => {
      patch(
        Runner.prototype,
        "use",
        (use) =>
          function (body) {
            return use.call(this, () => body(this.getLoop()) as unknown) as unknown;
          },
      );
    },
  },
  {
    name: "get-loop-before-run-fails",
    does: "has no loop to give before it is entered or runs",
    breaks: lazyInitialisation["get-loop-initialises"],
    says: /expected no exception, got RuntimeError: the runner is not initialised/,
    alsoBreaks: [
      ...[
        "argument",
        "several-runs",
        "close",
        "debug",
        "current-loop",
        "loop-factory",
        "interrupt",
      ],
      ...["context", "signature", "running-loop", "interrupt-handler", "executor"],
    ],
    inject: () => {
      patch(
        Runner.prototype,
        "getLoop",
        (getLoop) =>
          function () {
            if (this.loop === null) throw new RuntimeError("the runner is not initialised");
            return getLoop.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "run-needs-a-with-block",
    does: "refuses to run before it is entered or asked for its loop",
    breaks: lazyInitialisation["run-initialises"],
    says: /expected no exception, got RuntimeError: the runner is not initialised/,
    alsoBreaks: [
      "result",
      "argument",
      "signature",
      "running-loop",
      "current-loop",
      "async-generators",
      "debug",
      "loop-factory",
      "context",
      "several-runs",
      "close",
      "interrupt",
      "interrupt-handler",
    ],
    inject: () => {
      beforeRun(function () {
        if (this.phase === "created") throw new RuntimeError("the runner is not initialised");
      });
    },
  },
  {
    name: "get-loop-asks-the-factory-again",
    does: "calls its loop factory whenever it is asked for its loop",
    breaks: lazyInitialisation["happens-once"],
    says: /got \["loop made","loop made","loop made"\]$/,
    alsoBreaks: ["loop-factory"],
    inject: () => {
      patch(
        Runner.prototype,
        "getLoop",
        (getLoop) =>
          function (this: Insides) {
            const again = this.loop !== null && this.loopFactory !== null;
            if (again) loopFactories.makeLoop(this.loopFactory as never);
            return getLoop.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "gives-another-loop-inside",
    does: "gives another loop for get_loop() while its own is running",
    breaks: lazyInitialisation["get-loop-gives-the-loop-of-run"],
    says: /expected \[ loop#\d+, loop#\d+, loop#\d+, loop#\d+ \] to deeply equal \[ loop#\d+, loop#\d+, loop#\d+, loop#\d+ \]/,
    inject: () => {
      patch(
        Runner.prototype,
        "getLoop",
        (getLoop) =>
          function (this: Insides) {
            const running = thread.runningLoop !== null && thread.runningLoop === this.loop;
            return running ? new EventLoop() : (getLoop.call(this) as unknown);
          },
      );
    },
  },
  {
    name: "makes-a-loop-to-close-it",
    does: "makes a loop in close() when it has none",
    breaks: lazyInitialisation["close-before-it-creates-nothing"],
    says: /function puppet \d+ was started, but it must stay untouched/,
    inject: () => {
      patch(
        Runner.prototype,
        "close",
        (close) =>
          function (this: Insides) {
            if (this.phase === "created") this.initialize();
            return close.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "closed-without-a-loop-is-closed",
    does: "counts as closed after a close() before it was initialised",
    breaks: lazyInitialisation["close-before-it-keeps-the-runner-usable"],
    says: /expected no exception, got RuntimeError: the runner is closed/,
    inject: () => {
      patch(
        Runner.prototype,
        "close",
        (close) =>
          function (this: Insides) {
            if (this.phase === "created") this.phase = "closed";
            return close.call(this) as unknown;
          },
      );
    },
  },
  {
    name: "keeps-its-loop-to-itself",
    does: "refuses run_until_complete() of its loop outside of runs",
    breaks: lazyInitialisation["loop-rests-outside-runs"],
    says: /expected no exception, got RuntimeError: the loop belongs to a runner/,
    inject: ({ operations }) => {
      const owned = new WeakSet<object>();
      patch(
        Runner.prototype,
        "initialize",
        (initialize) =>
          function () {
            const made = initialize.call(this) as { loop: EventLoop };
            owned.add(made.loop);
            return made;
          },
      );
      patch(operations, "loop.run_until_complete", (run) => (request) => {
        if (owned.has(request.on as object)) throw new RuntimeError("the loop belongs to a runner");
        return run(request) as unknown;
      });
    },
  },
  {
    name: "closes-in-a-finaliser",
    does: "closes the loop when the runner is collected",
    breaks: lazyInitialisation["dropping-closes-nothing"],
    says: /is_closed\(\): expected true to equal false/,
    inject: () => {
      const finaliser = new FinalizationRegistry((loop: EventLoop) => {
        loop.close();
      });
      patch(
        Runner.prototype,
        "makeLoop",
        (makeLoop) =>
          function () {
            const loop = makeLoop.call(this) as EventLoop;
            finaliser.register(this, loop);
            return loop;
          },
      );
    },
  },
];
