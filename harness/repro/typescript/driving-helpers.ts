/** How a program drives an implementation by its description. */
export const drivingHelpers = {
  call: {
    needs: [],
    lines: `
/** Does an operation of the subject; \`common\` has those a description may leave out. */
function call(op, { on = null, args = [], kwargs = {} } = {}) {
  const operation = subject.operations[op] ?? common[op];
  if (operation !== undefined) return operation({ on, args, kwargs });
  class AttributeError extends Error {}
  throw Object.assign(new AttributeError(\`the implementation has no \${op}\`), { name: "AttributeError" });
}
`,
  },
  Instruction: {
    needs: [],
    lines: `
/** What a puppet of the subject is told to do. */
class Instruction {
  constructor(todo, value) {
    this.do = todo;
    this.value = value;
  }
}
`,
  },
  wait: {
    needs: ["Instruction"],
    lines: `
/** \`yield wait(x)\` awaits x as the subject's coroutines do. */
const wait = (value) => new Instruction("await", value);
`,
  },
  emit: {
    needs: ["Instruction"],
    lines: `
/** \`yield emit(x)\` yields x as the subject's asynchronous generators do. */
const emit = (value) => new Instruction("yield", value);
`,
  },
  scriptOf: {
    needs: ["Instruction"],
    lines: `
/** The script of a puppet: it does what a generator function says, step by step. */
const scriptOf = (body) => ({
  begin() {
    let steps;
    const resumed = (outcome) => {
      if ("raised" in outcome) return steps.throw(outcome.raised);
      if ("returned" in outcome) return steps.next(outcome.returned);
      steps = body(...outcome.started);
      return steps.next();
    };
    return {
      next(outcome) {
        try {
          let step = resumed(outcome);
          // What a call gave at once goes back in at once; a promise has to be awaited.
          while (!step.done && !(step.value instanceof Instruction || step.value instanceof Promise))
            step = steps.next(step.value);
          if (step.done) return { do: "return", value: step.value ?? null };
          return step.value instanceof Promise ? new Instruction("await", step.value) : step.value;
        } catch (error) {
          return { do: "throw", error };
        }
      },
    };
  },
});
`,
  },
  coroutine: maker("coroutine", "coroutine", "A coroutine"),
  coroutineFunction: maker("coroutineFunction", "coroutine-function", "A coroutine function"),
  asyncGenerator: maker("asyncGenerator", "async-generator", "An asynchronous generator"),
  awaitable: maker("awaitable", "awaitable", "Something that can be awaited and is no coroutine"),
  plainFunction: {
    needs: ["scriptOf"],
    lines: `
/** A function that does what a generator function says; its \`async\` twin is for callers who can wait. */
function plainFunction(body) {
  const steps = (given) => {
    const { next } = scriptOf(body).begin();
    return { first: next({ started: given }), next };
  };
  const plain = (...given) => {
    let { first: todo, next } = steps(given);
    while (todo.do === "await") todo = next({ raised: new TypeError("a plain function cannot wait") });
    if (todo.do === "throw") throw todo.error;
    return todo.value;
  };
  plain.async = async (...given) => {
    let { first: todo, next } = steps(given);
    while (todo.do === "await") {
      const outcome = Promise.resolve(todo.value);
      todo = next(await outcome.then((returned) => ({ returned }), (raised) => ({ raised })));
    }
    if (todo.do === "throw") throw todo.error;
    return todo.value;
  };
  return plain;
}
`,
  },
} as const;

function maker(name: string, kind: string, what: string) {
  const own = `puppets[${JSON.stringify(kind)}]`;
  return {
    needs: ["scriptOf", "puppets"],
    lines: `
/** ${what} of the subject's that does what a generator function says. */
const ${name} = (body) => {
  const made = subject.${own}(scriptOf(body));
  puppets.add(made);
  return made;
};
`,
  };
}
