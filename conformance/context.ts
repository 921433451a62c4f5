import { verifies } from "../harness/judge/suite";
import { expect } from "../harness/subject/assertions";
import type { RemoteVar } from "../harness/subject/objects";
import type { Puppet } from "../harness/subject/puppets";
import type { Subject } from "../harness/subject/subject";
import { context } from "../spec/families/context";
import { waysToRun } from "./ways";

verifies(
  context["taken-at-initialisation"],
  "takes the values of the moment get_loop() initialises the runner",
  async (subject) => {
    const { variable, atInitialisation, seen, main } = await threeValues(subject);
    const runner = await subject.Runner();

    await variable.set(atInitialisation);
    await runner.getLoop();
    await variable.set(subject.nonce());
    await runner.run(main);

    expect(seen).to.deep.equal([atInitialisation]);
    await runner.close();
  },
);

verifies(
  context["taken-at-initialisation"],
  "takes the values of the moment with is entered",
  async (subject) => {
    const { variable, atInitialisation, seen, main } = await threeValues(subject);
    const runner = await subject.Runner();

    await variable.set(atInitialisation);
    await runner.with(
      subject.function(async () => {
        await variable.set(subject.nonce());
        await runner.run(main);
      }),
    );

    expect(seen).to.deep.equal([atInitialisation]);
  },
);

verifies(
  context["taken-at-initialisation"],
  "takes the values of the moment the first run() initialises the runner",
  async (subject) => {
    const { variable, atInitialisation, seen, main } = await threeValues(subject);
    const runner = await subject.Runner();

    await variable.set(atInitialisation);
    await runner.run(main);

    expect(seen).to.deep.equal([atInitialisation]);
    await runner.close();
  },
);

verifies(
  context["later-changes-stay-outside"],
  "shows the second run what the first one saw",
  async (subject) => {
    const variable = await subject.contextVar();
    const seen: unknown[] = [];
    const early = subject.nonce();
    await variable.set(early);
    const runner = await subject.Runner();

    await runner.run(reading(subject, variable, seen));
    await variable.set(subject.nonce());
    await runner.run(reading(subject, variable, seen));

    expect(seen).to.deep.equal([early, early]);
    await runner.close();
  },
);

verifies(
  context["shared-by-runs"],
  "shows each run what the one before it has set",
  async (subject) => {
    const variable = await subject.contextVar();
    const runner = await subject.Runner();
    const seen: unknown[] = [];
    const [first, second] = [subject.nonce(), subject.nonce()];

    await runner.run(setting(subject, variable, first));
    await runner.run(reading(subject, variable, seen));
    await runner.run(setting(subject, variable, second));
    await runner.run(reading(subject, variable, seen));

    expect(seen).to.deep.equal([first, second]);
    await runner.close();
  },
);

verifies(
  context["stays-inside"],
  "leaves the caller's value alone, between the runs and after close()",
  async (subject) => {
    const variable = await subject.contextVar();
    const runner = await subject.Runner();
    const callers = subject.nonce();
    await variable.set(callers);

    await runner.run(setting(subject, variable, subject.nonce()));
    const between = await variable.get();
    await runner.run(setting(subject, variable, subject.nonce()));
    await runner.close();

    expect([between, await variable.get()]).to.deep.equal([callers, callers]);
  },
);

verifies(
  context["custom-is-read"],
  "shows main the values of the context it runs in",
  async (subject) => {
    const variable = await subject.contextVar();
    const runner = await subject.Runner();
    const seen: unknown[] = [];
    const inContext = subject.nonce();
    await variable.set(inContext);
    const custom = await subject.copyContext();
    await variable.set(subject.nonce());

    await runner.run(reading(subject, variable, seen), { context: custom });

    expect(seen).to.deep.equal([inContext]);
    await runner.close();
  },
);

verifies(
  context["custom-is-read"],
  "shows main nothing of the caller's in an empty context",
  async (subject) => {
    const variable = await subject.contextVar();
    const runner = await subject.Runner();
    const seen: unknown[] = [];
    await variable.set(subject.nonce());

    await runner.run(reading(subject, variable, seen), { context: await subject.emptyContext() });

    expect(seen).to.deep.equal([null]);
    await runner.close();
  },
);

verifies(
  context["custom-is-written"],
  "finds main's value in the passed context",
  async (subject) => {
    const variable = await subject.contextVar();
    const runner = await subject.Runner();
    const custom = await subject.emptyContext();
    const value = subject.nonce();

    await runner.run(setting(subject, variable, value), { context: custom });

    expect(await custom.get(variable)).to.equal(value);
    await runner.close();
  },
);

verifies(
  context["custom-leaves-default-alone"],
  "goes on with the default context in the next run",
  async (subject) => {
    const variable = await subject.contextVar();
    const seen: unknown[] = [];
    const byDefault = subject.nonce();
    await variable.set(byDefault);
    const runner = await subject.Runner();
    await runner.run(subject.coroutine(() => null));

    await runner.run(setting(subject, variable, subject.nonce()), {
      context: await subject.emptyContext(),
    });
    await runner.run(reading(subject, variable, seen));

    expect(seen).to.deep.equal([byDefault]);
    await runner.close();
  },
);

verifies(
  context["none-is-default"],
  "shows main what the variables were at initialisation, not what the caller has set since",
  async (subject) => {
    const variable = await subject.contextVar();
    const seen: unknown[] = [];
    const byDefault = subject.nonce();
    await variable.set(byDefault);
    const runner = await subject.Runner();
    await runner.run(subject.coroutine(() => null));
    await variable.set(subject.nonce());
    await runner.run(reading(subject, variable, seen), { context: null });

    expect(seen).to.deep.equal([byDefault]);
    await runner.close();
  },
);

verifies(
  context["runners-are-apart"],
  "shows a second runner the caller's value, not the first runner's",
  async (subject) => {
    const variable = await subject.contextVar();
    const seen: unknown[] = [];
    const callers = subject.nonce();
    await variable.set(callers);
    const [first, second] = [await subject.Runner(), await subject.Runner()];

    await first.run(setting(subject, variable, subject.nonce()));
    await second.run(reading(subject, variable, seen));

    expect(seen).to.deep.equal([callers]);
    await first.close();
    await second.close();
  },
);

verifies(
  context["run-sees-the-callers"],
  "shows each run() the value of its own call",
  async (subject) => {
    const variable = await subject.contextVar();
    const seen: unknown[] = [];
    const [first, second] = [subject.nonce(), subject.nonce()];

    await variable.set(first);
    await subject.run(reading(subject, variable, seen));
    await variable.set(second);
    await subject.run(reading(subject, variable, seen));

    expect(seen).to.deep.equal([first, second]);
  },
);

verifies(
  context["run-keeps-its-own"],
  "hides main's value from the caller and from the next run()",
  async (subject) => {
    const variable = await subject.contextVar();
    const seen: unknown[] = [];
    const callers = subject.nonce();
    await variable.set(callers);

    await subject.run(setting(subject, variable, subject.nonce()));
    seen.push(await variable.get());
    await subject.run(reading(subject, variable, seen));

    expect(seen).to.deep.equal([callers, callers]);
  },
);

for (const [way, { run, ...options }] of Object.entries(waysToRun)) {
  verifies(
    context["tasks-take-a-copy"],
    `hands main's value down and takes none back through ${way}`,
    options,
    async (subject) => {
      const variable = await subject.contextVar();
      const mains = subject.nonce();
      const seen: unknown[] = [];
      const child = subject.coroutine(async () => {
        seen.push(await variable.get());
        await variable.set(subject.nonce());
      });
      const main = subject.coroutine(async (co) => {
        await variable.set(mains);
        await co.await(await (await subject.getRunningLoop()).createTask(child));
        seen.push(await variable.get());
      });

      await run(subject, main);

      expect(seen).to.deep.equal([mains, mains]);
    },
  );
}

verifies(context["released-at-close"], "lets go of a value that a run has set", async (subject) => {
  const variable = await subject.contextVar();
  const value = await subject.object();
  const known = await subject.weakref(value);
  const runner = await subject.Runner();
  await runner.run(
    subject.coroutine(async () => {
      await variable.set(value);
    }),
  );
  await subject.forget(value);

  expect(await known.alive(), "whether the value lives before close()").to.equal(true);
  await runner.close();
  await subject.forget(runner);

  expect(await known.alive(), "whether the value outlives the runner").to.equal(false);
});

/** A variable that is already set, the value it is to have at initialisation, and a main that notes what it sees. */
async function threeValues(subject: Subject) {
  const variable = await subject.contextVar();
  await variable.set(subject.nonce());
  const seen: unknown[] = [];
  const main = reading(subject, variable, seen);
  return { variable, atInitialisation: subject.nonce(), seen, main };
}

/** A main that notes the variable's value. */
function reading(subject: Subject, variable: RemoteVar, seen: unknown[]): Puppet {
  return subject.coroutine(async () => {
    seen.push(await variable.get());
  });
}

/** A main that sets the variable. */
function setting(subject: Subject, variable: RemoteVar, value: string): Puppet {
  return subject.coroutine(async () => {
    await variable.set(value);
  });
}
