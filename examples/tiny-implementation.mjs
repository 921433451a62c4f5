// A "runner" that only calls a function: enough to talk to the suite, far from conforming to it.
const run = async (main) => main();

export default {
  name: "tiny",
  version: "0.1.0",
  editions: ["3.15"],
  features: ["run"],
  puppets: {
    // A coroutine of ours is an async function that nobody has called yet.
    coroutine: (script) => async () => {
      const { next } = script.begin();
      for (let outcome = { started: [] }; ;) {
        const todo = next(outcome);
        if (todo.do === "return") return todo.value;
        if (todo.do === "throw") throw todo.error;
        try {
          outcome = { returned: await todo.value };
        } catch (raised) {
          outcome = { raised };
        }
      }
    },
  },
  operations: {
    "asyncio.run": ({ args: [main] }) => run(main),
    "asyncio.sleep": ({ args: [seconds] }) =>
      new Promise((wake) => setTimeout(wake, seconds * 1000)),
    "exception.new": ({ args: [type, message] }) =>
      Object.assign(Reflect.construct(class extends Error {}, [message]), { name: type }),
  },
  describe: (thrown) => ({ type: thrown.name, bases: [thrown.name], message: thrown.message }),
};
