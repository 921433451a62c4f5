import { stripVTControlCharacters } from "node:util";

import type { StepFailed } from "./execute";

interface Known {
  readonly sign: RegExp;
  /** May use the groups of the sign. */
  readonly why: string;
}

/** What pip, npm and apt say, and what it means. The first that is found counts. */
const known: readonly Known[] = [
  {
    sign: /Temporary failure in name resolution|Temporary failure resolving|NewConnectionError|EAI_AGAIN|ENOTFOUND|ECONNREFUSED|Network is unreachable|Could not connect to/,
    why: "the package registry cannot be reached; check the network and run this again",
  },
  { sign: /No space left on device|ENOSPC/, why: "the disk is full; make room and run this again" },
  {
    sign: /(?:command|error: ) ?'?(?:x86_64-linux-gnu-)?(gcc|cc|cl|clang|cargo|rustc|g\+\+)'? (?:failed: )?(?:No such file|not found)/,
    why: "there is no wheel for this machine, and to build it $1 is missing",
  },
  {
    sign: /Unknown compiler|toolchain '.*' is not installed|can't find Rust compiler|no acceptable C compiler|Microsoft Visual C\+\+ .* is required/i,
    why: "there is no wheel for this machine, and to build it a compiler is missing",
  },
  {
    sign: /Ignored the following versions that require a different python version: (.{1,60}?)(?:;|\n|$)/,
    why: "no release fits this version of Python (others: $1)",
  },
  {
    sign: /No matching distribution found for (\S+)/,
    why: "the registry has no $1 for this machine",
  },
  { sign: /No module named '?(venv|ensurepip|pip)'?/, why: "this Python has no $1" },
  { sign: /ensurepip is not available/, why: "this Python has no ensurepip" },
  { sign: /Unable to locate package (\S+)/, why: "the archive has no package $1" },
  { sign: /E404.*?404 Not Found.*? '([^']+)'/s, why: "the registry has no $1" },
  { sign: /spawn (\S+) ENOENT/, why: "this machine has no $1" },
];

/** Why a step failed, in one line. */
export function reasonOf({ step, said }: StepFailed): string {
  for (const { sign, why } of known) {
    const found = sign.exec(said);
    if (found !== null) return why.replace("$1", found[1] ?? "");
  }
  return `${step.program.replace(/^.*[\\/]/, "")} said: ${lastWords(said)}`;
}

function lastWords(said: string): string {
  const lines = stripVTControlCharacters(said)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(hint|note|\[notice\])/.test(line));
  const errors = lines.filter((line) => /error/i.test(line));
  return (errors.at(-1) ?? lines.at(-1) ?? "nothing").slice(0, 160);
}
