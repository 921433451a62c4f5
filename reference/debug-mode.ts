/** What the program asked for; null leaves it to the command line and the environment. */
let devMode: boolean | null = null;

/**
 * Switches debug mode on or off for loops that are made from now on, whatever the environment says. Null undoes
 * it.
 */
export function setDebugMode(enabled: boolean | null): void {
  devMode = enabled;
}

/**
 * Whether a loop that is made now is in debug mode: `setDebugMode`, else the flag `--asyncio-debug`, else any
 * non-empty `ASYNCIO_DEBUG` in the environment, even "0". debug.global-setting
 */
export function isDebugMode(): boolean {
  if (devMode !== null) return devMode;
  return isFlagGiven || (process.env["ASYNCIO_DEBUG"] ?? "") !== "";
}

const isFlagGiven = process.argv.includes("--asyncio-debug");
