import type { Language, Statements } from "../language";
import { expressions } from "./expressions";
import { camelCase, indented, text } from "./literals";

const statements: Statements = {
  takingGiven: [],
  allGiven: "...given",
  doing: (expression) => `${expression};`,
  assigning: (name, expression, scope) =>
    `${scope === "new" ? "const " : ""}${name} = ${expression};`,
  declaring: (name) => [`let ${name};`],
  trying: (tried, handled, comment) => [
    "try {",
    ...indented(tried),
    `} catch ${handled.length === 0 ? "" : "(error) "}{${comment === undefined ? "" : ` // ${comment}`}`,
    ...indented(handled),
    "}",
  ],
  waiting: (expression, value, meanwhile) => [`while ((${expression}) !== ${value}) ${meanwhile};`],
  raising: (value) => `throw ${value};`,
  raisingAgain: "throw error;",
  returning: (value) => `return ${value};`,
  saw: (note, ...values) => `saw(${[text(note), ...values].join(", ")});`,
  interruptingLater: (seconds) => `interruptLater(${seconds ?? ""});`,
};

/** JavaScript that is TypeScript as well. */
export const typescriptLanguage: Language = {
  expressions,
  statements,
  bodiesThemselves: ["function"],
  helpers: { saw: "saw", interruptLater: "interruptLater" },
  // `var` is a word of the language.
  spelled: (name) => camelCase(name.replace(/^var(?=_|$)/, "variable")),
};
