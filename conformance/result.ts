import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import { failureOf } from "../harness/subject/subject";
import { result } from "../spec/families/result";
import { waysToRun } from "./ways";

verifies(
  result["run-returns-the-object"],
  "returns a fresh object by identity",
  async (subject) => {
    const object = await subject.object();
    const main = subject.coroutine(() => object);

    expect(await subject.run(main)).to.equal(object);
  },
);

verifies(
  result["run-returns-the-object"],
  "returns None when main returns None",
  async (subject) => {
    const main = subject.coroutine(() => null);

    expect(await subject.run(main)).to.equal(null);
  },
);

verifies(result["runner-returns-the-object"], "returns each run's own object", async (subject) => {
  const [first, second] = [await subject.object(), await subject.object()];
  const runner = await subject.Runner();

  expect(await runner.run(subject.coroutine(() => first))).to.equal(first);
  expect(await runner.run(subject.coroutine(() => second))).to.equal(second);
  await runner.close();
});

verifies(
  result["run-raises-the-exception"],
  "raises main's ValueError by identity",
  async (subject) => {
    const error = await subject.exception("ValueError", subject.nonce());
    const main = subject.coroutine(() => {
      throw error;
    });

    expect(await failureOf(subject.run(main))).to.equal(error);
  },
);

verifies(
  result["runner-raises-the-exception"],
  "raises each run's own ValueError by identity",
  async (subject) => {
    const runner = await subject.Runner();
    for (const way of ["first", "second"]) {
      const error = await subject.exception("ValueError", way, subject.nonce());
      const main = subject.coroutine(() => {
        throw error;
      });

      expect(await failureOf(runner.run(main))).to.equal(error);
    }
    await runner.close();
  },
);

const notOrdinary = ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "PrivateBaseException"];

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  for (const type of notOrdinary) {
    verifies(
      result["base-exceptions-escape"],
      `raises main's ${type} by identity through ${way}`,
      options,
      async (subject) => {
        const error = await subject.exception(type, subject.nonce());
        const main = subject.coroutine(() => {
          throw error;
        });

        expect(await failureOf(run(subject, main))).to.equal(error);
      },
    );
  }

  verifies(
    result["cancellation-stays-cancellation"],
    `raises CancelledError when main raises it through ${way}`,
    options,
    async (subject) => {
      const error = await subject.exception("CancelledError");
      const main = subject.coroutine(() => {
        throw error;
      });

      expect(await failureOf(run(subject, main))).to.be.remote("CancelledError");
    },
  );

  verifies(
    result["cancellation-stays-cancellation"],
    `raises CancelledError when main cancels its own task through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async (co) => {
        const task = await subject.currentTask();
        await task.cancel();
        await co.await(await subject.sleep(0));
      });

      expect(await failureOf(run(subject, main))).to.be.remote("CancelledError");
    },
  );

  verifies(
    result["cancellation-keeps-the-object"],
    `raises main's CancelledError by identity through ${way}`,
    options,
    async (subject) => {
      const error = await subject.exception("CancelledError", subject.nonce());
      const main = subject.coroutine(() => {
        throw error;
      });

      expect(await failureOf(run(subject, main))).to.equal(error);
    },
  );

  verifies(
    result["main-is-a-task"],
    `makes main the current task and one of all tasks through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async () => {
        const task = await subject.currentTask();

        expect(task).to.have.property("kind", "task");
        expect(await subject.allTasks()).to.include(task);
      });

      await run(subject, main);
    },
  );

  verifies(
    result["task-has-the-coroutine"],
    `makes a task of the passed coroutine itself through ${way}`,
    options,
    async (subject) => {
      const main = subject.coroutine(async () => {
        const task = await subject.currentTask();

        expect(await task.getCoro()).to.equal(main);
      });

      await run(subject, main);
    },
  );

  verifies(
    result["result-is-not-described"],
    `never describes the result of ${way}`,
    options,
    async (subject) => {
      const described = await subject.recorder();
      const object = await subject.object({ described });
      const main = subject.coroutine(() => object);

      expect(await run(subject, main)).to.equal(object);
      expect(await described.calls()).to.deep.equal([]);
    },
  );
}
