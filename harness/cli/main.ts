#!/usr/bin/env node
import { processOutput } from "./output";
import { perform } from "./program";

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void perform(process.argv.slice(2), processOutput()).then((exitCode) => {
  process.exitCode = exitCode;
});
