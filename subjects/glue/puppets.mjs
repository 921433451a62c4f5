import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = join(process.env["SUBJECT"] ?? ".", "node_modules");

/** A package from the environment of the subject. */
export const load = (name) => {
  const { resolve } = createRequire(join(folder, "x.js"));
  return import(pathToFileURL(resolve(name)).href);
};

/** Its version. */
export const versionOf = (name) =>
  createRequire(import.meta.url)(join(folder, name, "package.json")).version;

/** Obeys a script in a generator that delegates what is awaited. */
export function* obey(script, wait) {
  const { next } = script.begin();
  for (let outcome = { started: [] }; ;) {
    const todo = next(outcome);
    if (todo.do === "return") return todo.value;
    if (todo.do === "throw") throw todo.error;
    try {
      outcome = { returned: yield* wait(todo.value) };
    } catch (raised) {
      outcome = { raised };
    }
  }
}

/** An exception of the class that asyncio's tests ask for. */
export const newException = ({ args: [type, message] }) =>
  Object.assign(new Error(message), { name: type });

/** asyncio's words for what was thrown. */
export const describe = (thrown) => ({
  type: thrown?.name ?? typeof thrown,
  bases: [thrown?.name ?? typeof thrown, "Exception"],
  message: String(thrown?.message ?? thrown),
  args: [String(thrown?.message ?? thrown)],
});
