import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

import { packageRoot } from "./package-root";

/** What `interrupt.cc` exports. */
export interface Addon {
  /** Shared with the signal handler; see `MODE`, `ARRIVED` and `NOTICED`. */
  readonly words: Int32Array;
  watch(onWake: () => void): boolean;
  release(): void;
  listenersChanged(somebodyListens: boolean): void;
  runTurn(turn: () => void): boolean;
  protect(scriptNamePrefix: string): void;
}

/** Index of the word that says who is running: `PROTECTED`, `USER_CODE` or `KILLED`. */
export const MODE = 0;
export const PROTECTED = 0;
export const USER_CODE = 1;
export const KILLED = 2;
/** Index of the word that counts SIGINTs since `watch()`; it is far below zero while nobody watches. */
export const ARRIVED = 1;
/** Index of the word that says how many of those JavaScript knows about. */
export const NOTICED = 2;

/** The addon, or a phrase that says why there is none. */
export type LoadedAddon =
  | { readonly addon: Addon; readonly missing: null }
  | { readonly addon: null; readonly missing: string };

/** Loads the addon if it was built for this Node, is wanted and can be of use here. */
export function loadAddon(): LoadedAddon {
  if (!isMainThread) return { addon: null, missing: "only the main thread handles SIGINT" };
  if (process.env["ASYNCIO_NO_NATIVE"]) {
    return { addon: null, missing: "switched off by ASYNCIO_NO_NATIVE" };
  }
  const file = join(packageRoot(), "reference/native/build/Release/interrupt.node");
  if (!existsSync(file)) return { addon: null, missing: "not built; try `npm run build:native`" };
  try {
    return { addon: createRequire(__filename)(file) as Addon, missing: null };
  } catch (error) {
    return { addon: null, missing: firstLine(error) };
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
}
