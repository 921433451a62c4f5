import { readFile } from "node:fs/promises";

import { activityOf } from "./activity";

/*
 * Problem: a signal that arrives between a loop's last look at its signals and its system call is not lost, but the
 * loop then sleeps on as if nothing had come (every CPython has this window). A test that interrupts an idle loop must
 * not fall into it.
 *
 * What does not work: a notice from the puppet (it is still awake then), a short sleep (too short under load).
 *
 * What we do: on Linux the kernel tells whether a process sleeps, and in what. Where it does not say, we wait for a
 * moment and hope.
 */

/** How often we look, and how long; a loop that never idles is interrupted all the same. In milliseconds. */
const between = 1;
const atMost = 3_000;
const elsewhere = 20;

/** Settles when the process waits for events in its loop, and no longer for us or for the processor. */
export async function idle(pid: number): Promise<void> {
  const start = performance.now();
  let known = start;
  for (let now = start; now - start < atMost; now = performance.now()) {
    const doing = await whatItDoes(pid);
    if (doing === "waits for events") return;
    if (doing !== "unknown") known = now;
    else if (now - known >= elsewhere) return;
    await new Promise((resolve) => setTimeout(resolve, between));
  }
}

type Doing = "waits for events" | "runs" | "waits for something else" | "unknown";

async function whatItDoes(pid: number): Promise<Doing> {
  const waitingIn = await readFile(`/proc/${pid}/wchan`, "utf8").catch(() => "");
  if (waitsForEvents.test(waitingIn)) return "waits for events";
  if (activityOf(pid)?.runnable === true) return "runs";
  // Some kernels keep to themselves in what a process sleeps.
  return waitingIn === "" || waitingIn === "0" ? "unknown" : "waits for something else";
}

/** The kernel's functions for epoll_wait, poll and select, whatever its version calls them. */
const waitsForEvents = /poll|select/;
