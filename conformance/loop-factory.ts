import sinon, { type SinonSpy } from "sinon";

import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { RemoteLoop } from "../harness/subject/objects";
import { failureOf, type RunOptions, type Subject } from "../harness/subject/subject";
import { newTrace } from "../harness/subject/trace";
import { loopFactory } from "../spec/families/loop-factory";
import { madeBy, waysWithFactory } from "./ways-with-options";

for (const [way, { run, ...options }] of Object.entries(waysWithFactory)) {
  verifies(
    loopFactory["makes-the-loop"],
    `runs main on that very loop through ${way}`,
    options,
    async (subject) => {
      let made: RemoteLoop | undefined;
      const factory = subject.function(async () => (made = await subject.newEventLoop()));

      const used = await run(subject, tellingItsLoop(subject), madeBy(subject, factory));

      expect(used).to.equal(made);
    },
  );

  verifies(
    loopFactory["called-once"],
    `asks once for a loop, with nothing, through ${way}`,
    options,
    async (subject) => {
      const factory: SinonSpy<unknown[]> = sinon.spy(() => subject.newEventLoop());

      await run(subject, tellingItsLoop(subject), madeBy(subject, subject.function(factory)));

      expect(factory.args).to.deep.equal([[]]);
    },
  );

  for (const [choice, chosen] of Object.entries({ None: null, nothing: undefined })) {
    verifies(
      loopFactory["none-is-the-default-loop"],
      `runs main on a default loop with ${choice} as factory through ${way}`,
      options,
      async (subject) => {
        const usual = await subject.newEventLoop();

        const used = await run(subject, tellingItsLoop(subject), madeBy(subject, chosen));

        expect(await subject.typeOf(used)).to.equal(await subject.typeOf(usual));
        await usual.close();
      },
    );
  }

  const ends = {
    returned: () => null,
    failed: (subject: Subject) =>
      subject.exception("ValueError").then((error) => Promise.reject(error)),
  };
  for (const [how, end] of Object.entries(ends)) {
    verifies(
      loopFactory["its-loop-is-closed"],
      `closes a loop that existed before when main has ${how} through ${way}`,
      options,
      async (subject) => {
        const loop = await subject.newEventLoop();
        let duringMain: unknown;
        const main = subject.coroutine(async () => {
          duringMain = await loop.isClosed();
          return end(subject);
        });

        await run(
          subject,
          main,
          madeBy(
            subject,
            subject.function(() => loop),
          ),
        ).catch(() => null);

        expect([duringMain, await loop.isClosed()]).to.deep.equal([false, true]);
      },
    );
  }

  verifies(
    loopFactory["its-failure-escapes"],
    `raises the factory's exception and starts nothing through ${way}`,
    options,
    async (subject) => {
      const failure = await subject.exception("ValueError", subject.nonce());
      const factory = subject.function(() => {
        throw failure;
      });

      const raised = await failureOf(
        run(subject, subject.untouchedCoroutine(), madeBy(subject, factory)),
      );

      expect(raised).to.equal(failure);
    },
  );

  verifies(
    loopFactory["may-be-a-class"],
    `runs main on an instance through ${way}`,
    options,
    async (subject) => {
      const usual = await subject.newEventLoop();
      const loopClass = await subject.typeOf(usual);
      await usual.close();

      const used = await run(subject, tellingItsLoop(subject), madeBy(subject, loopClass));

      expect(await subject.typeOf(used)).to.equal(loopClass);
    },
  );

  verifies(
    loopFactory["may-be-asyncio-eventloop"],
    `runs main on an instance of it through ${way}`,
    options,
    async (subject) => {
      const loopClass = await subject.ask("asyncio.EventLoop");

      const used = await run(subject, tellingItsLoop(subject), { loopFactory: loopClass });

      expect(await subject.typeOf(used)).to.equal(loopClass);
    },
  );

  verifies(
    loopFactory["its-task-factory-makes-main"],
    `runs main as the task it made through ${way}`,
    options,
    async (subject) => {
      const made = new Map<unknown, unknown>();

      const used = await run(subject, tellingItsTask(subject), taskFactory(subject, made));

      expect([...made.keys()]).to.include(used);
    },
  );

  verifies(
    loopFactory["its-task-factory-gets-the-context"],
    `hands it a context by keyword through ${way}`,
    options,
    async (subject) => {
      const made = new Map<unknown, unknown>();

      const used = await run(subject, tellingItsTask(subject), taskFactory(subject, made));

      expect(made.get(used) ?? {}).to.have.nested.property("context.kind", "context");
    },
  );
}

verifies(
  loopFactory["called-once"],
  "asks once for all runs of a Runner",
  { needs: ["runner"] },
  async (subject) => {
    const factory: SinonSpy<unknown[]> = sinon.spy(() => subject.newEventLoop());
    const runner = await subject.Runner(madeBy(subject, subject.function(factory)));

    const first = await runner.run(tellingItsLoop(subject));
    const second = await runner.run(tellingItsLoop(subject));
    const third = await runner.getLoop();
    await runner.close();

    expect(factory.args).to.deep.equal([[]]);
    expect([second, third]).to.deep.equal([first, first]);
  },
);

verifies(
  loopFactory["its-failure-is-not-final"],
  "runs main after a second, better call of the factory",
  async (subject) => {
    const trace = newTrace();
    const failure = await subject.exception("ValueError", subject.nonce());
    let loop: RemoteLoop | undefined;
    const factory = subject.function(async () => {
      trace(loop === undefined ? "factory fails" : "factory makes a loop");
      if (loop === undefined) {
        loop = await subject.newEventLoop();
        throw failure;
      }
      return loop;
    });
    const runner = await subject.Runner(madeBy(subject, factory));

    expect(await failureOf(runner.getLoop())).to.equal(failure);
    trace("get_loop() has raised");

    expect(await runner.run(tellingItsLoop(subject))).to.equal(loop);
    expect(trace).to.tell(["factory fails", "get_loop() has raised", "factory makes a loop"]);
    await runner.close();
  },
);

verifies(
  loopFactory["may-not-be-uncallable"],
  "raises TypeError when the loop is needed",
  async (subject) => {
    const runner = await subject.Runner(madeBy(subject, 5));

    expect(await failureOf(runner.getLoop())).to.be.remote("TypeError");
  },
);

/** A main that returns the loop it runs on. */
const tellingItsLoop = (subject: Subject) => subject.coroutine(() => subject.getRunningLoop());

/** A main that returns its own task. */
const tellingItsTask = (subject: Subject) => subject.coroutine(() => subject.currentTask());

/** A loop factory whose loops have a task factory, which notes each task it made with the keywords it was given. */
function taskFactory(subject: Subject, made: Map<unknown, unknown>): RunOptions {
  const factory = subject.function(async () => {
    const loop = await subject.newEventLoop();
    const makeTask = subject.function(async (_, coroutine, keywords) => {
      // While a loop has a task factory, it has no other way to make a task.
      await loop.setTaskFactory(null);
      const task = await loop.createTask(coroutine);
      await loop.setTaskFactory(makeTask);
      made.set(task, keywords);
      return task;
    });
    await loop.setTaskFactory(makeTask);
    return loop;
  });
  return madeBy(subject, factory);
}
