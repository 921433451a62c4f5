"use strict";
/* global require, __dirname */

// `npm run build:native`: builds interrupt.cc for the Node that runs this. Never fails an installation: where there is
// no compiler the reference works all the same, and one line says what is lost.

const { spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, realpathSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");

const ADDON = join(__dirname, "build/Release/interrupt.node");
const LOG = join(__dirname, "build/build.log");
const SOURCES = ["interrupt.cc", "binding.gyp"].map((name) => join(__dirname, name));

const shown = (file) => relative(join(__dirname, "../.."), file);

console.log(build());

function build() {
  if (process.platform === "win32") return notBuilt("SIGINT is not a signal on Windows");
  if (isUpToDate()) return `native part: ${shown(ADDON)} is up to date`;
  const nodeGyp = findNodeGyp();
  if (nodeGyp === null) return notBuilt("node-gyp is not installed");
  const failure = run(nodeGyp);
  return failure === null ? `native part: built ${shown(ADDON)}` : notBuilt(failure);
}

function notBuilt(reason) {
  return `native part: not built (${reason}); all else works, but a second Ctrl+C cannot stop code that never awaits`;
}

// Loading it is the one sure test that it was built for this Node.
function isUpToDate() {
  if (!existsSync(ADDON)) return false;
  const builtAt = statSync(ADDON).mtimeMs;
  if (SOURCES.some((source) => statSync(source).mtimeMs > builtAt)) return false;
  try {
    require(ADDON);
    return true;
  } catch {
    return false;
  }
}

function findNodeGyp() {
  try {
    return require.resolve("node-gyp/bin/node-gyp.js");
  } catch {
    return null;
  }
}

// Null, or why it failed.
function run(nodeGyp) {
  const args = [nodeGyp, "rebuild", "--directory", __dirname, ...localHeaders()];
  const { error, status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (error === undefined && status === 0 && existsSync(ADDON)) return null;
  const output = `${stdout ?? ""}${stderr ?? ""}${error?.stack ?? ""}`;
  mkdirSync(dirname(LOG), { recursive: true });
  writeFileSync(LOG, output);
  return `${causeIn(output)}; see ${shown(LOG)}`;
}

// Node's headers are downloaded by node-gyp, unless they came with Node.
function localHeaders() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  return existsSync(join(prefix, "include/node/node_version.h")) ? [`--nodedir=${prefix}`] : [];
}

function causeIn(output) {
  const cause =
    /^.*: (?:fatal )?error: .*$/m.exec(output)?.[0] ?? // the compiler's words
    /^(?:(?:make|gyp)(?:\[\d\])?: (?!\*|Entering|Leaving)|\w+Error: ).*$/m.exec(output)?.[0] ?? // it was not found
    /^gyp ERR! stack (?:Error: )?(.*)$/m.exec(output)?.[1] ??
    "node-gyp did not run";
  return cause.trim().slice(0, 200);
}
