// An adapter that does everything right; each saboteur beside it does one thing wrong. Its asyncio.run hands on what
// its coroutine returned, which is enough for result.run-returns-the-object.
import "../../session/fixtures/prelude.mjs";

export const { closed, dieBy, hello, liveOn, opened, returned, say, write } = globalThis;

/** On the command line of each process of one run, so that what survives can be found. */
export const marker = process.argv[2] ?? "";

/** Says hello with `about` changed, and answers; `changes` replaces what is done about a type of message. */
export function serve(changes = {}, about = {}) {
  say(hello({ features: ["run"], ...about }));
  globalThis.answer({ ...answers, ...changes });
}

/** A subject that is the same on every machine. */
export const someone = { name: "S", version: "1", language: "", platform: "" };

export const step = (puppet, outcome = { started: [] }) => ({
  type: "step",
  puppet,
  activation: 1,
  outcome,
});

export const notice = (puppet) => ({ type: "notice", puppet, event: "spinning" });

/** Changes that replace what is done when the harness asks for asyncio.run; `does` gets the number of main. */
export const whenAskedToRun = (does) => ({
  call: (message) => {
    if (message.op === "asyncio.run") does(message.args[0].puppet);
    else answers.call(message);
  },
});

let references = 0;

const exception = (type, message) => ({
  ref: ++references,
  kind: "exception",
  type,
  bases: [type],
  message,
});

const answers = {
  open: opened,
  call: ({ op, args }) => {
    if (op === "asyncio.run") say(step(args[0].puppet));
    else if (op === "exception.new") returned(exception(...args));
    else returned({ ref: ++references, kind: "object" });
  },
  finish: ({ value }) => returned(value),
  raise: () => process.exit(70),
  close: closed,
};
