import type { TestOptions } from "../harness/judge/suite";
import type { RemoteLoop } from "../harness/subject/objects";
import type { Puppet } from "../harness/subject/puppets";
import { failureOf, type RunOptions, type Subject } from "../harness/subject/subject";
import type { Trace } from "../harness/subject/trace";

/** A program for any entry point: `enter` runs a main from start to end, and what happens goes to the trace. */
export interface Program extends TestOptions {
  readonly play: (subject: Subject, trace: Trace, enter: Enter) => Promise<void>;
}

/** Runs a main through one entry point, from start to end. */
export type Enter = (main: Puppet, options?: RunOptions) => Promise<unknown>;

/** Short programs that show most of what a run does. */
export const programs: Record<string, Program> = {
  "main returns": {
    play: async (subject, trace, enter) => {
      const object = await subject.object();
      const main = noting(subject, trace, () => object);

      if ((await enter(main.puppet)) === object) trace("gives main's object");
      await main.noteClosing();
    },
  },
  "main raises": {
    play: async (subject, trace, enter) => {
      const error = await subject.exception("ValueError", subject.nonce());
      const main = noting(subject, trace, () => {
        throw error;
      });

      if ((await failureOf(enter(main.puppet))) === error) trace("raises main's exception");
      await main.noteClosing();
    },
  },
  "a task is left over": {
    play: async (subject, trace, enter) => {
      const leftover = subject.coroutine(async (co) => {
        trace("task starts");
        try {
          await co.await(await (await subject.getRunningLoop()).createFuture());
        } finally {
          trace("task is cancelled");
          await co.await(await subject.sleep(0));
          trace("task has cleaned up");
        }
      });
      const main = subject.coroutine(async (co) => {
        await (await subject.getRunningLoop()).createTask(leftover);
        await co.await(await subject.sleep(0));
      });

      await enter(main);
      trace("over");
    },
  },
  "a generator is suspended": {
    needs: ["async-generators"],
    play: async (subject, trace, enter) => {
      const generator = subject.asyncGenerator(async (co) => {
        trace("generator starts");
        try {
          await co.yield(null);
        } finally {
          trace("generator is finalised");
        }
      });
      const main = subject.coroutine(async (co) => {
        await co.await(await subject.anext(generator));
        trace("main ends");
      });

      await enter(main);
      trace("over");
    },
  },
  "main sets a variable": {
    needs: ["contextvars"],
    play: async (subject, trace, enter) => {
      const variable = await subject.contextVar();
      const callers = subject.nonce();
      await variable.set(callers);
      const main = subject.coroutine(async () => {
        if ((await variable.get()) === callers) trace("main sees the caller's value");
        await variable.set(subject.nonce());
      });

      await enter(main);
      if ((await variable.get()) === callers) trace("caller keeps its value");
    },
  },
  "debug is true": debugging(true),
  "debug is false": debugging(false),
  "a loop factory is given": {
    since: "3.12",
    play: async (subject, trace, enter) => {
      const loop = await subject.newEventLoop();
      const loopFactory = subject.function(() => {
        trace("factory is called");
        return loop;
      });
      const main = subject.coroutine(async () => {
        if ((await subject.getRunningLoop()) === loop) trace("main runs on its loop");
      });

      await enter(main, { loopFactory });
      if (await loop.isClosed()) trace("its loop is closed");
    },
  },
  "Ctrl-C interrupts": {
    needs: ["signals"],
    since: "3.11",
    play: async (subject, trace, enter) => {
      const main = subject.coroutine(async (co) => {
        const never = await (await subject.getRunningLoop()).createFuture();
        await subject.onceSuspended(() => {
          subject.interrupt();
        });
        try {
          await co.await(never);
        } finally {
          trace("main is cancelled");
        }
      });

      trace((await failureOf(enter(main))).type);
    },
  },
};
/** A program that runs in debug mode or not. */
function debugging(debug: boolean): Program {
  return {
    since: "3.11-draft",
    play: async (subject, trace, enter) => {
      const main = subject.coroutine(async () => {
        trace(
          `the loop's debug mode is ${String(await (await subject.getRunningLoop()).getDebug())}`,
        );
      });

      await enter(main, { debug });
    },
  };
}

/** A main that notes that it runs, and on which loop, before it does what `then` says. */
function noting(subject: Subject, trace: Trace, then: () => unknown) {
  const loops: RemoteLoop[] = [];
  const puppet = subject.coroutine(async () => {
    trace("main runs");
    loops.push(await subject.getRunningLoop());
    return then();
  });
  const noteClosing = async () => {
    for (const loop of loops) if (await loop.isClosed()) trace("loop is closed");
  };
  return { puppet, noteClosing };
}
