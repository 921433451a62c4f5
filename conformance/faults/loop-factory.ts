import { thread } from "../../reference/current";
import { EventLoop } from "../../reference/loop/event-loop";
import * as loopFactories from "../../reference/loop-factory";
import { Runner } from "../../reference/runner";
import { Task } from "../../reference/tasks/task";
import { loopFactory } from "../../spec/families/loop-factory";
import type { Fault } from "./fault";
import { leaveLoopOpen, type Insides } from "./inside";
import { patch, type Method } from "./patch";

/** Wrong about loop factories. */
export const loopFactoryFaults: readonly Fault[] = [
  {
    name: "ignores-the-factorys-loop",
    does: "calls the loop factory and runs on a loop of its own",
    breaks: loopFactory["makes-the-loop"],
    says: /expected loop#\d+ to equal loop#\d+/,
    alsoBreaks: [
      ...["argument", "loop-lifecycle", "current-loop", "executor", "debug", "close", "signature"],
      ...["lazy-initialisation", "several-runs", "running-loop"],
    ],
    inject: () => {
      patch(loopFactories, "makeLoop", (make) => (factory: unknown) => {
        make(factory);
        return new EventLoop();
      });
    },
  },
  {
    name: "calls-the-factory-twice",
    does: "calls the loop factory once more and closes the spare loop",
    breaks: loopFactory["called-once"],
    says: /expected \[ \[\], \[\] \] to deeply equal \[ \[\] \]/,
    alsoBreaks: ["lazy-initialisation", "argument"],
    inject: () => {
      patch(loopFactories, "makeLoop", (make) => (factory: unknown) => {
        const [loop, spare] = [make(factory) as EventLoop, make(factory) as EventLoop];
        if (spare !== loop) spare.close();
        return loop;
      });
    },
  },
  {
    name: "takes-none-for-a-factory",
    does: "raises TypeError for loop_factory=None",
    breaks: loopFactory["none-is-the-default-loop"],
    says: /expected no exception, got TypeError: None cannot be called/,
    alsoBreaks: ["signature"],
    inject: ({ operations }) => {
      const refuse =
        (original: Method): Method =>
        (request) => {
          if (request.kwargs.loop_factory === null) throw new TypeError("None cannot be called");
          return original(request) as unknown;
        };
      patch(operations, "asyncio.run", refuse);
      patch(operations, "asyncio.Runner", refuse);
    },
  },
  {
    name: "leaves-the-factorys-loop-open",
    does: "closes loops of its own only",
    breaks: loopFactory["its-loop-is-closed"],
    says: /expected \[ false, false \] to deeply equal \[ false, true \]/,
    alsoBreaks: ["argument", "loop-lifecycle", "close", "current-loop", "executor"],
    inject: () => {
      leaveLoopOpen(({ loopFactory: factory }) => factory !== null);
    },
  },
  {
    name: "helps-a-failing-factory",
    does: "makes a loop of its own when the loop factory fails",
    breaks: loopFactory["its-failure-escapes"],
    says: /coroutine puppet \d+ was started, but it must stay untouched/,
    alsoBreaks: ["argument"],
    inject: () => {
      patch(loopFactories, "makeLoop", (make) => (factory: unknown) => {
        try {
          return make(factory) as EventLoop;
        } catch {
          return new EventLoop();
        }
      });
    },
  },
  {
    name: "ends-with-its-factory",
    does: "counts as closed after its loop factory has failed",
    breaks: loopFactory["its-failure-is-not-final"],
    says: /expected no exception, got RuntimeError: the runner is closed/,
    inject: () => {
      patch(
        Runner.prototype,
        "makeLoop",
        (makeLoop) =>
          function (this: Insides) {
            try {
              return makeLoop.call(this) as unknown;
            } catch (error) {
              this.phase = "closed";
              throw error;
            }
          },
      );
    },
  },
  {
    name: "refuses-classes",
    does: "refuses a loop class as loop factory",
    breaks: loopFactory["may-be-a-class"],
    says: /expected no exception, got TypeError: this is no loop factory/,
    inject: ({ api }) => {
      refuseFactory(
        (factory) => factory !== api.EventLoop.prototype && String(factory).startsWith("class"),
      );
    },
  },
  {
    name: "refuses-asyncio-eventloop",
    does: "refuses asyncio.EventLoop as loop factory",
    breaks: loopFactory["may-be-asyncio-eventloop"],
    says: /expected no exception, got TypeError: this is no loop factory/,
    inject: ({ api }) => {
      refuseFactory((factory) => factory === api.EventLoop);
    },
  },
  {
    name: "looks-at-its-factory-at-once",
    does: "refuses what cannot be called when the runner is made",
    breaks: loopFactory["may-not-be-uncallable"],
    says: /expected no exception, got TypeError: the loop factory cannot be called/,
    inject: ({ operations }) => {
      patch(operations, "asyncio.Runner", (make) => (request) => {
        const { loop_factory: factory } = request.kwargs as { loop_factory?: unknown };
        const fine = factory === undefined || factory === null || typeof factory === "function";
        if (!fine) throw new TypeError("the loop factory cannot be called");
        return make(request) as unknown;
      });
    },
  },
  {
    name: "makes-main-past-the-task-factory",
    does: "makes the main task without the loop's task factory",
    breaks: loopFactory["its-task-factory-makes-main"],
    says: /expected \[\] to include task#\d+/,
    inject: () => {
      patch(
        EventLoop.prototype,
        "createTask",
        (create) =>
          function (...args) {
            const [coroutine, options] = args;
            return thread.runningLoop === null
              ? new Task(this as EventLoop, coroutine, options)
              : (create.apply(this, args) as unknown);
          },
      );
    },
  },
  {
    name: "hides-the-context-from-the-task-factory",
    does: "calls the task factory for main without a context",
    breaks: loopFactory["its-task-factory-gets-the-context"],
    says: /expected \{\} to have nested property 'context\.kind'/,
    inject: () => {
      patch(
        EventLoop.prototype,
        "createTask",
        (create) =>
          function (coroutine, options) {
            return create.call(
              this,
              coroutine,
              this.taskFactory === null ? options : {},
            ) as unknown;
          },
      );
    },
  },
];

function refuseFactory(isRefused: (factory: unknown) => boolean): void {
  patch(loopFactories, "makeLoop", (make) => (factory: unknown) => {
    if (isRefused(factory)) throw new TypeError("this is no loop factory");
    return make(factory) as EventLoop;
  });
}
