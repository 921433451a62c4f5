import { readFile } from "node:fs/promises";

/*
 * Problem: a signal that arrives between a loop's last look at its signals and its system call is not lost, but the
 * loop then sleeps on as if nothing had come (every CPython has this window). A test that interrupts an idle loop must
 * not fall into it.
 *
 * What does not work: a notice from the puppet (it is still awake then), a short sleep (too short under load).
 *
 * What we do: on Linux the kernel tells what a process waits for. Elsewhere we wait for a moment and hope.
 */

/** How often we look, and how long; a loop that never idles is interrupted all the same. In milliseconds. */
const between = 1;
const atMost = 1_000;
const elsewhere = 20;

/** Settles when the process waits for events in its loop, and no longer for us or for the processor. */
export async function idle(pid: number): Promise<void> {
  for (let waited = 0; waited < atMost; waited += between) {
    const waitingIn = await readFile(`/proc/${pid}/wchan`, "utf8").catch(() => "");
    if (waitsForEvents.test(waitingIn)) return;
    if (waitingIn === "" || waitingIn === "0") waited += (between * atMost) / elsewhere;
    await new Promise((resolve) => setTimeout(resolve, between));
  }
}

/** The kernel's functions for epoll_wait, poll and select, whatever its version calls them. */
const waitsForEvents = /poll|select/;
