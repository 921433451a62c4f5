import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import { result } from "../spec/families/result";

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
