"use strict";
/* global require, module, structuredClone */
// Runs one job in a worker thread. Plain JavaScript, because a worker of a program that runs under ts-node need not
// know ts-node.

const { createRequire } = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { isNativeError } = require("node:util").types;

// Modules and functions see what a module in the working directory would see.
const requireFromHere = createRequire(join(process.cwd(), "job"));

/** What a job came to, in a form that can cross: `{ value }` or `{ error }`. */
module.exports = async function runJob({ job, args }) {
  try {
    const call = "source" in job ? compile(job.source) : await load(job);
    const value = await call(...args);
    return { value: crossing(value) };
  } catch (error) {
    return { error: describe(error) };
  }
};

function compile(source) {
  return new Function("require", `return (${source}\n)`)(requireFromHere);
}

async function load({ module: specifier, name, loader }) {
  if (loader !== null && require.extensions[".ts"] === undefined) require(loader);
  const exported = await importAny(specifier);
  const job = name === null ? (exported.default ?? exported) : exported[name];
  if (typeof job === "function") return job;
  const names = Object.keys(exported).join(", ") || "nothing";
  const wanted = name === null ? "a function as its default" : `a function "${name}"`;
  throw new TypeError(`expected ${specifier} to export ${wanted}, but it exports ${names}`);
}

async function importAny(specifier) {
  try {
    return requireFromHere(specifier);
  } catch (error) {
    if (!["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE"].includes(error.code)) throw error;
    return import(pathToFileURL(requireFromHere.resolve(specifier)).href);
  }
}

function crossing(value) {
  try {
    return structuredClone(value);
  } catch (cause) {
    const advice = "return plain data instead";
    throw new TypeError(
      `the result of a job cannot leave its thread: ${cause.message}; ${advice}`,
      {
        cause,
      },
    );
  }
}

/** A structured clone of an error would lose its class, its cause and all that was added to it. */
function describe(error) {
  if (!isNativeError(error) && !(error instanceof Error)) return { thrown: cloneOrText(error) };
  return {
    classes: classNames(error),
    name: String(error.name),
    message: String(error.message),
    stack: String(error.stack),
    cause: "cause" in error ? describe(error.cause) : null,
    errors: Array.isArray(error.errors) ? error.errors.map(describe) : null,
    properties: Object.entries(error).filter(([key, value]) => key !== "errors" && isPlain(value)),
  };
}

function classNames(error) {
  const names = [];
  for (let proto = error; proto !== null; proto = Object.getPrototypeOf(proto)) {
    if (Object.hasOwn(proto, "constructor")) names.push(proto.constructor.name);
  }
  return names;
}

function isPlain(value) {
  return value === null || ["string", "number", "boolean", "bigint"].includes(typeof value);
}

function cloneOrText(value) {
  try {
    return structuredClone(value);
  } catch {
    return String(value);
  }
}
